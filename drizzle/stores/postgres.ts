// Migrations of PostgreSQL: SQL files, each applied and recorded in one transaction of the migrator.
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { checksum, type Ledger, type Step, stepDown, stepUp } from "./steps";

export const POSTGRES_MIGRATIONS = fileURLToPath(new URL("../migrations/postgres/", import.meta.url));

type Connection = postgres.Sql;

/** Applies the missing migrations as the migrator; answers their names. Two runs at once queue behind each other. */
export function migratePostgres(migrationUrl: string, directory = POSTGRES_MIGRATIONS): Promise<string[]> {
  return withLock(migrationUrl, async (sql) => stepUp("PostgreSQL", await steps(sql, directory), ledger(sql)));
}

/** Takes back the last `count` migrations; answers their names. */
export function rollbackPostgres(
  migrationUrl: string,
  count: number,
  directory = POSTGRES_MIGRATIONS,
): Promise<string[]> {
  return withLock(migrationUrl, async (sql) => stepDown("PostgreSQL", await steps(sql, directory), ledger(sql), count));
}

async function withLock<T>(url: string, work: (sql: Connection) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    // The lock belongs to the session, so it is gone even if this process dies.
    await sql`SELECT pg_advisory_lock(7301, 3)`;
    await sql`
      CREATE TABLE IF NOT EXISTS system.schema_migrations (
        name text COLLATE "C" PRIMARY KEY,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now(),
        duration_ms integer NOT NULL
      )`;
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function steps(sql: Connection, directory: string): Promise<Step[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".up.sql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const name = file.slice(0, -".up.sql".length);
      const up = await readFile(`${directory}/${file}`, "utf8");
      const down = await readFile(`${directory}/${name}.down.sql`, "utf8");
      const sum = checksum(up, down);
      return { name, checksum: sum, up: () => apply(sql, name, sum, up), down: () => takeBack(sql, name, down) };
    }),
  );
}

async function apply(sql: Connection, name: string, sum: string, text: string): Promise<void> {
  const started = performance.now();
  await sql.begin(async (tx) => {
    await tx.unsafe(text);
    const durationMs = Math.round(performance.now() - started);
    await tx`
      INSERT INTO system.schema_migrations (name, checksum, duration_ms) VALUES (${name}, ${sum}, ${durationMs})`;
  });
}

async function takeBack(sql: Connection, name: string, text: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(text);
    await tx`DELETE FROM system.schema_migrations WHERE name = ${name}`;
  });
}

/** Steps record themselves in their own transaction, so the ledger only reads. */
function ledger(sql: Connection): Ledger {
  return {
    applied: () => sql<{ name: string; checksum: string }[]>`SELECT name, checksum FROM system.schema_migrations`,
    add: async () => {},
    remove: async () => {},
  };
}
