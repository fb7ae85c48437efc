import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/core/operation";
import type { Db } from "@/lib/databases/postgres/pool";
import { session } from "./noun";
import { RevokeSession } from "./schema";

type Found = { user_id: string; version: number; revoked_reason: string | null; permissions: string[] | null };

/** It has no inverse: an ended session cannot be given back. */
export const revokeSession = command({
  noun: session,
  action: "session.revoke",
  permission: "sessions.revoke",
  input: RevokeSession,
  async run({ id, version }, { tx, ctx, endSession }) {
    const found = await lock(tx, id);
    if (!found) throw new AppError("not_found", "There is no such session.");
    if (found.revoked_reason !== null) throw new AppError("conflict", "This session has ended already.");
    if (found.version !== version) {
      throw new AppError("stale", "This session changed in the meantime.", { current: { id, version: found.version } });
    }
    const own: ReadonlySet<string> = ctx.actor.permissions;
    if (found.user_id !== ctx.actor.id && found.permissions?.some((held) => !own.has(held))) {
      throw new AppError("forbidden", "This person's role is above yours.");
    }
    await endSession(id, "revoked");
    return {
      entity: "session",
      id,
      version: version + 1,
      before: { revoked_reason: null },
      after: { revoked_reason: "revoked" },
      subject: found.user_id,
    };
  },
});

/** The session, held until the transaction ends, with what its owner may do. */
async function lock(tx: Db, id: string): Promise<Found | undefined> {
  const [row] = await tx.execute<Found>(sql`
    select s.user_id, s.version, s.revoked_reason, i.permissions
    from system.sessions s
    left join lateral app.identity(s.user_id) i on true
    where s.id_hash = decode(${id}, 'hex')
    for update of s`);
  return row;
}
