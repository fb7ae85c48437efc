import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

const SLICE = 1_000;
const MOST_SLICES = 20;

/** What has had its time, by the column of an index; revoked sessions stay a month for those who look into them. */
const EXPIRED = [
  { table: "idempotency_keys", key: "(actor, route, key)", where: "created_at < now() - interval '7 days'" },
  { table: "undo_records", key: "(id)", where: "expires_at < now() - interval '1 day'" },
  { table: "sessions", key: "(id_hash)", where: "absolute_end < now() - interval '30 days'" },
  { table: "alert_deliveries", key: "(id)", where: "state <> 'waiting' and created_at < now() - interval '90 days'" },
  { table: "metric_samples", key: "(step, store, instance, at)", where: sampleAge(0, "48 hours") },
  { table: "metric_samples", key: "(step, store, instance, at)", where: sampleAge(1, "14 days") },
  { table: "metric_samples", key: "(step, store, instance, at)", where: sampleAge(60, "400 days") },
] as const;

function sampleAge(step: number, age: string): string {
  return `step = ${step} and at < now() - interval '${age}'`;
}

/** Deletes in slices, so that no statement holds many rows or runs into its limit; the rest goes in the next round. */
export async function sweep(system: Pool, signal: AbortSignal): Promise<void> {
  for (const { table, key, where } of EXPIRED) {
    for (let slice = 0; slice < MOST_SLICES && !signal.aborted; slice += 1) {
      const [row] = await system.query<{ deleted: number }>(
        `with expired as (select ${key.slice(1, -1)} from system.${table} where ${where} limit ${SLICE}),
         gone as (
           delete from system.${table} where ${key} in (select ${key.slice(1, -1)} from expired) and ${where} returning 1
         )
         select count(*)::integer as deleted from gone`,
      );
      if ((row?.deleted ?? 0) < SLICE) break;
    }
  }
}
