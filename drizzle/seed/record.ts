// What the platform was filled with, kept in its own configuration so that a second run repeats nothing.
import type postgres from "postgres";

/** `today`: the day all dates count back from; `commands`, `money_commands`: how many ran, null before. */
export type SeedRecord = { seed: number; today: string; commands: number | null; money_commands: number | null };

export async function readRecord(sql: postgres.ISql): Promise<SeedRecord | null> {
  const [row] = await sql<{ value: SeedRecord }[]>`SELECT value FROM system.system_config WHERE key = 'demo.seed'`;
  // what was written before there was money says nothing of it
  return row ? { ...row.value, money_commands: row.value.money_commands ?? null } : null;
}

export async function saveRecord(sql: postgres.ISql, record: SeedRecord): Promise<void> {
  await sql`
    INSERT INTO system.system_config AS c (key, kind, value)
    VALUES ('demo.seed', 'object', ${JSON.stringify(record)}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = c.version + 1, updated_at = now()`;
}
