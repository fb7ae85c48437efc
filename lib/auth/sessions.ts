// Sessions: an allow list in PostgreSQL. Redis holds copies for at most 30 s, so losing it costs one look-up; while
// PostgreSQL is away the last thing it said holds up to the idle limit, for reading: every write asks it again.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { toIso } from "@/lib/core/paging";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { PERMISSIONS, type Permission } from "./permissions";

/** ASVS 7.3: an idle and an absolute limit, both kept by the database. */
export const IDLE_LIMIT_SECONDS = 30 * 60;
export const ABSOLUTE_LIMIT_SECONDS = 12 * 60 * 60;

/** Live sessions of one person; a further sign-in ends the oldest. */
const SESSIONS_PER_PERSON = 5;

const TOUCH_EVERY_MS = 60_000;
const SID = /^[A-Za-z0-9_-]{43}$/;

/** Who a session belongs to and what they may do. Times are ISO, UTC. */
export type SessionSnapshot = {
  /** SHA-256 of the cookie's value, in hex. */
  id_hash: string;
  user_id: string;
  email: string;
  display_name: string;
  roles: string[];
  permissions: Permission[];
  epoch: number;
  created_at: string;
  last_seen_at: string;
  absolute_end: string;
};

const LIVE = `s.revoked_at IS NULL AND s.absolute_end > now()
  AND s.last_seen_at > now() - interval '${IDLE_LIMIT_SECONDS} seconds'`;

/** What the tables and the cache know a session by, in hex: a leaked row or key opens nothing. */
function hashOf(sid: string): string {
  return createHash("sha256").update(sid).digest("hex");
}

/**
 * The session of a cookie, or null when there is none that is live. Throws when PostgreSQL has to be asked, is away, and
 * Redis does not know what it last said.
 */
export async function readSession(sid: string, stores: Stores, now = new Date()): Promise<SessionSnapshot | null> {
  if (!SID.test(sid)) {
    return null;
  }
  const hash = hashOf(sid);
  const cached = await stores.cache.getSession<SessionSnapshot>(hash);
  if (cached !== null && isLive(cached, now)) {
    return cached;
  }
  try {
    const found = await findSession(hash, stores);
    await (found === null
      ? stores.cache.dropLastSession(hash)
      : stores.cache.setSession(hash, found, left(found, now)));
    return found;
  } catch (error) {
    const last = isAway(error, stores) ? await stores.cache.lastSession<SessionSnapshot>(hash) : null;
    if (last === null || !isLive(last, now)) throw error;
    return last;
  }
}

/** A pool that is merely busy is no outage: whoever was shut out must not come in because many others ask. */
function isAway(error: unknown, { engines }: Stores): boolean {
  if (toAppError(error).code === "unavailable") return true;
  return engines.reach().some(({ engine, status }) => engine === "postgres" && status === "down");
}

function isLive(session: SessionSnapshot, now: Date): boolean {
  return endOf(session) > now.getTime();
}

function endOf({ last_seen_at, absolute_end }: SessionSnapshot): number {
  return Math.min(Date.parse(last_seen_at) + IDLE_LIMIT_SECONDS * 1000, Date.parse(absolute_end));
}

function left(session: SessionSnapshot, now: Date): number {
  return Math.max(1, Math.floor((endOf(session) - now.getTime()) / 1000));
}

/** A changed role, status or password raises the person's epoch, and every session made before it is over. */
async function findSession(hash: string, stores: Stores): Promise<SessionSnapshot | null> {
  const rows = await stores.postgres.systemReader.query<SessionRow>(
    `SELECT encode(s.id_hash, 'hex') AS id_hash, s.user_id, i.email, i.display_name, i.roles, i.permissions, i.epoch,
       s.created_at, s.last_seen_at, s.absolute_end
     FROM system.sessions s, app.identity(s.user_id) i
     WHERE s.id_hash = decode($1, 'hex') AND ${LIVE} AND i.status = 'active' AND i.epoch = s.user_epoch`,
    [hash],
  );
  const row = rows[0];
  return row === undefined
    ? null
    : {
        ...row,
        permissions: PERMISSIONS.filter((permission) => row.permissions.includes(permission)),
        created_at: toIso(row.created_at),
        last_seen_at: toIso(row.last_seen_at),
        absolute_end: toIso(row.absolute_end),
      };
}

type SessionRow = Omit<SessionSnapshot, "permissions"> & { permissions: string[] };

export type NewSession = { user_id: string; epoch: number; ip_prefix: string | undefined; ua_label: string | null };

/** Inside the transaction of a sign-in; `ended` are the hashes whose cached copies to delete after its commit. */
export async function createSession(
  transaction: Transaction,
  { user_id, epoch, ip_prefix, ua_label }: NewSession,
): Promise<{ sid: string; ended: string[] }> {
  const sid = randomBytes(32).toString("base64url");
  const rows = await transaction.query<{ id_hash: string }>(
    `WITH surplus AS (
       SELECT s.id_hash
       FROM system.sessions s
       WHERE s.user_id = $2 AND ${LIVE}
       ORDER BY s.created_at DESC, s.id_hash
       OFFSET ${SESSIONS_PER_PERSON - 1}
     ), made AS (
       INSERT INTO system.sessions (id_hash, user_id, user_epoch, ip_prefix, ua_label)
       VALUES (decode($1, 'hex'), $2, $3, $4, $5)
     )
     UPDATE system.sessions s
     SET revoked_at = now(), revoked_reason = 'too many sessions', version = version + 1
     FROM surplus
     WHERE s.id_hash = surplus.id_hash
     RETURNING encode(s.id_hash, 'hex') AS id_hash`,
    [hashOf(sid), user_id, epoch, ip_prefix ?? null, ua_label],
  );
  return { sid, ended: rows.map((row) => row.id_hash) };
}

/** Moves the idle limit, at most once a minute. Best effort: one that could not be noted counts in the copy only. */
export async function touchSession(session: SessionSnapshot, stores: Stores, now = new Date()): Promise<void> {
  if (now.getTime() - Date.parse(session.last_seen_at) < TOUCH_EVERY_MS) {
    return;
  }
  try {
    await stores.postgres.system.query(
      `WITH seen AS (
         UPDATE system.sessions s SET last_seen_at = now()
         WHERE s.id_hash = decode($1, 'hex') AND s.revoked_at IS NULL AND s.last_seen_at < now() - interval '1 minute'
         RETURNING s.user_id
       )
       SELECT app.touch_seen(user_id) FROM seen`,
      [session.id_hash],
    );
  } catch (error) {
    stores.log.warn({ error }, "A session's last use could not be noted.");
    const used = { ...session, last_seen_at: now.toISOString() };
    await stores.cache.renewLastSession(session.id_hash, used, left(used, now));
  }
}
