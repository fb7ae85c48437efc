import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

/** The month that runs and three more: an audit without its partition refuses every change. */
export async function makePartitions(system: Pool): Promise<void> {
  await system.query(
    `select system.audit_partition((date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month')::date)
     from generate_series(0, 3) as ahead`,
  );
}
