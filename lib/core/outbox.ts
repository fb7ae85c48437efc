// The outbox: which records the search index still has to learn. A claim is a lease, not a lock held while sending.
import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

/** A worker that dies keeps its rows this long. */
const LEASE_SECONDS = 30;
/** Refusals of one document after which it is set aside: the answer will not change by repeating. */
const MAX_ATTEMPTS = 8;

type Asks = Pick<Pool, "query">;

export type Claimed = {
  entity_type: string;
  entity_id: string;
  version: number;
  op: "upsert" | "delete";
  attempts: number;
  /** When it was marked, as the database writes it: a later mark of the same version differs here. */
  marked_at: string;
};

/** Takes what is due and nobody else has; never by position, so a slow transaction's row is not skipped. */
export async function claim(on: Asks, worker: string, limit: number): Promise<Claimed[]> {
  const rows = await on.query<Omit<Claimed, "version"> & { version: string }>(
    `update system.outbox o
     set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), lease_by = $1, attempts = attempts + 1
     from (
       select entity_type, entity_id from system.outbox
       where dead_at is null and next_at <= now() and (lease_until is null or lease_until < now())
       order by next_at limit $2::integer for update skip locked
     ) due
     where (o.entity_type, o.entity_id) = (due.entity_type, due.entity_id)
     returning o.entity_type, o.entity_id, o.version, o.op, o.attempts, o.next_at::text as marked_at`,
    [worker, limit],
  );
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

/** Removes what was sent, but only the version that was sent; what was marked again meanwhile is free at once. */
export async function confirm(on: Asks, worker: string, sent: readonly Claimed[]): Promise<void> {
  if (sent.length === 0) return;
  await on.query(
    `delete from system.outbox o using ${ROWS}
     where (o.entity_type, o.entity_id) = (r.type, r.id) and o.version = r.version and o.next_at = r.marked_at`,
    columns(sent),
  );
  await on.query(
    `update system.outbox o set lease_until = null, lease_by = null from ${ROWS}
     where (o.entity_type, o.entity_id) = (r.type, r.id) and o.lease_by = $5`,
    [...columns(sent), worker],
  );
}

/** Nobody's fault but the engine's: due again after the delay, and the attempt does not count. */
export async function giveBack(on: Asks, worker: string, rows: readonly Claimed[], delayMs: number): Promise<void> {
  if (rows.length === 0) return;
  await on.query(
    `update system.outbox o
     set lease_until = null, lease_by = null, attempts = greatest(attempts - 1, 0),
       next_at = greatest(o.next_at, now() + make_interval(secs => $6::float8))
     from ${ROWS}
     where (o.entity_type, o.entity_id) = (r.type, r.id) and o.lease_by = $5`,
    [...columns(rows), worker, delayMs / 1000],
  );
}

/** The document itself was refused: again after 2, 4, 8 … seconds, and set aside at the last attempt. */
export async function refuse(on: Asks, worker: string, row: Claimed, why: string): Promise<boolean> {
  const isLast = row.attempts >= MAX_ATTEMPTS;
  await on.query(
    `update system.outbox o
     set lease_until = null, lease_by = null, last_error = $6,
       next_at = now() + make_interval(secs => $7::float8),
       dead_at = case when $8::boolean then now() end
     from ${ROWS}
     where (o.entity_type, o.entity_id) = (r.type, r.id) and o.version = r.version and o.lease_by = $5`,
    [...columns([row]), worker, why.slice(0, 500), 2 ** row.attempts, isLast],
  );
  return isLast;
}

/** What waits, for how long the oldest has waited, and what was set aside. */
export async function outboxDepth(on: Asks): Promise<{ waiting: number; oldest_seconds: number; dead: number }> {
  const [row] = await on.query<{ waiting: number; oldest_seconds: number; dead: number }>(
    `select count(*) filter (where dead_at is null)::integer as waiting,
       coalesce(extract(epoch from now() - min(created_at) filter (where dead_at is null)), 0)::float8 as oldest_seconds,
       count(*) filter (where dead_at is not null)::integer as dead
     from system.outbox`,
  );
  return row ?? { waiting: 0, oldest_seconds: 0, dead: 0 };
}

/** Times travel as text: the driver would cut them to milliseconds, and then none would match. */
const ROWS = `unnest($1::text[], $2::text[], $3::bigint[], $4::text[]::timestamptz[]) as r (type, id, version, marked_at)`;

function columns(rows: readonly Claimed[]): unknown[] {
  return [
    rows.map((row) => row.entity_type),
    rows.map((row) => row.entity_id),
    rows.map((row) => row.version),
    rows.map((row) => row.marked_at),
  ];
}
