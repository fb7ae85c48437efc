import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

/** A worker that has been silent this long is taken for dead and forgotten. */
const FORGET_AFTER = "1 day";

/** "No worker runs" has to be visible, so each says every few seconds that it does. */
export async function beat(system: Pool, name: string, build: string): Promise<void> {
  await system.query(
    `insert into system.workers as w (name, kind, build) values ($1, 'worker', $2)
     on conflict (name) do update set heartbeat_at = now()`,
    [name, build],
  );
  await system.query(`delete from system.workers where heartbeat_at < now() - interval '${FORGET_AFTER}'`);
}

export async function leave(system: Pool, name: string): Promise<void> {
  await system.query("delete from system.workers where name = $1", [name]);
}
