// Sessions of a working day. They belong to nobody: an id whose digest is random cannot be presented.
import type postgres from "postgres";
import type { Platform } from "./people";
import type { Person } from "./person";

const BROWSERS = [
  "Firefox on Linux",
  "Firefox on Windows",
  "Chrome on Windows",
  "Chrome on Android",
  "Safari on macOS",
  "Safari on iOS",
  "Edge on Windows",
];
/** Reserved for documentation: RFC 5737 and RFC 3849. */
const NETWORKS = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8:17::/48", "2001:db8:42::/48"];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIFETIME_MS = 12 * 60 * MINUTE_MS;
const SIGNED_IN = 0.08;

/** One to three sessions each for the staff and some of those who are active; about a third ended earlier. */
export async function insertSessions(
  tx: postgres.TransactionSql,
  { staff, people }: Platform,
  now: Date,
): Promise<void> {
  const signedIn = people.filter(
    ({ row, random }) => row.status === "active" && !row.deleted_at && random.chance(SIGNED_IN),
  );
  const rows = JSON.stringify([...staff, ...signedIn].flatMap((person) => sessionsOf(person, now)));
  await tx`
    INSERT INTO system.sessions (
      id_hash, user_id, user_epoch, created_at, last_seen_at, absolute_end, ip_prefix, ua_label, revoked_at,
      revoked_reason
    )
    SELECT
      id_hash, user_id, user_epoch, created_at, last_seen_at, absolute_end, ip_prefix, ua_label, revoked_at,
      revoked_reason
    FROM jsonb_populate_recordset(NULL::system.sessions, ${rows}::text::jsonb)
    ON CONFLICT DO NOTHING`;
}

function sessionsOf({ row, random }: Person, now: Date) {
  return Array.from({ length: random.between(1, 3) }, () => {
    const isOver = random.chance(0.35);
    const age = isOver ? DAY_MS * random.between(1, 40) : MINUTE_MS * random.between(1, 25);
    const createdAt = new Date(now.getTime() - age);
    const seenAt = new Date(createdAt.getTime() + random.next() * Math.min(age, LIFETIME_MS / 4));
    return {
      id_hash: `\\x${random.bytes(32).toString("hex")}`,
      user_id: row.id,
      user_epoch: row.epoch,
      created_at: createdAt.toISOString(),
      last_seen_at: seenAt.toISOString(),
      absolute_end: new Date(createdAt.getTime() + LIFETIME_MS).toISOString(),
      ip_prefix: random.pick(NETWORKS),
      ua_label: random.pick(BROWSERS),
      revoked_at: isOver ? seenAt.toISOString() : null,
      revoked_reason: isOver ? "signed out" : null,
    };
  });
}
