import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { Values } from "@/lib/databases/schema";

/** How far search is behind, and whether the workers still report; signals of PostgreSQL, where all of it is kept. */
export async function outboxFigures(system: Pool): Promise<Values> {
  const [row] = await system.query<{ pending: number; dead: number; lag_s: number; worker_age_s: number | null }>(
    `select count(*) filter (where dead_at is null)::integer as pending,
       count(*) filter (where dead_at is not null)::integer as dead,
       coalesce(extract(epoch from now() - min(created_at) filter (where dead_at is null)), 0)::float8 as lag_s,
       (select extract(epoch from now() - max(heartbeat_at)) from system.workers)::float8 as worker_age_s
     from system.outbox`,
  );
  if (!row) return {};
  const { pending, dead, lag_s, worker_age_s } = row;
  return { outbox_pending: pending, outbox_dead: dead, outbox_lag_s: lag_s, worker_age_s };
}
