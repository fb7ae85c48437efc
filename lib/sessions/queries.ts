import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { sessions } from "@/drizzle/schema/sessions";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import { session } from "./noun";
import { IDLE_LIMIT_SECONDS, ListSessions, type Session, type SessionList } from "./schema";

const SHOWN = 50;

const columns = {
  id_hash: sessions.id_hash,
  user_id: sessions.user_id,
  ua_label: sessions.ua_label,
  ip_prefix: sessions.ip_prefix,
  created_at: sessions.created_at,
  last_seen_at: sessions.last_seen_at,
  absolute_end: sessions.absolute_end,
  revoked_at: sessions.revoked_at,
  revoked_reason: sessions.revoked_reason,
  version: sessions.version,
};

type Row = {
  id_hash: Buffer;
  user_id: string;
  ua_label: string | null;
  ip_prefix: string | null;
  created_at: string;
  last_seen_at: string;
  absolute_end: string;
  revoked_at: string | null;
  revoked_reason: string | null;
  version: number;
};

/** The newest sessions of a person, live ones first. */
export const listSessions = query({
  noun: session,
  action: "session.list",
  permission: "sessions.read",
  input: ListSessions,
  async run({ user_id }, { db, ctx, now }): Promise<SessionList> {
    const [rows, person] = await Promise.all([
      db
        .select(columns)
        .from(sessions)
        .where(eq(sessions.user_id, user_id))
        .orderBy(desc(sessions.created_at))
        .limit(SHOWN),
      db.execute(sql`select epoch from app.identity(${user_id})`),
    ]);
    if (person.length === 0) throw new AppError("not_found", "There is no such person.");
    const found = rows.map((row) => toSession(row, ctx.actor.session, now));
    const data = [...found.filter(({ live }) => live), ...found.filter(({ live }) => !live)];
    return { data, live: found.filter(({ live }) => live).length };
  },
});

function toSession({ id_hash, absolute_end, ...row }: Row, asking: Buffer | null, now: Date): Session {
  const idleEnd = Date.parse(row.last_seen_at) + IDLE_LIMIT_SECONDS * 1000;
  const end = new Date(Math.min(idleEnd, Date.parse(absolute_end)));
  return {
    ...row,
    id: id_hash.toString("hex"),
    created_at: toIso(row.created_at),
    last_seen_at: toIso(row.last_seen_at),
    revoked_at: toIso(row.revoked_at),
    ends_at: end.toISOString(),
    live: row.revoked_at === null && end > now,
    current: asking?.equals(id_hash) ?? false,
  };
}
