// The database the tests clone: built once per state of the migrations, by the very scripts an installation runs.
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import { POSTGRES_MIGRATIONS, migratePostgres } from "../../drizzle/stores/postgres";

export const TEST_PREFIX = "quadrant_test_";
const TEMPLATE_PREFIX = "quadrant_template_";
const ROLES = path.join(import.meta.dirname, "../../drizzle/roles.sql");
/** Any number; every process that makes or drops databases takes it. */
const LOCK = [7301, 9] as const;

type Addresses = { admin: string; migrator: string; app: string };

/** Where the stack of the tests listens, from its environment. */
export function addresses(): Addresses {
  const address = (name: string) => process.env[name] ?? refuse(name);
  return {
    admin: address("ADMIN_DATABASE_URL"),
    migrator: address("MIGRATION_DATABASE_URL"),
    app: address("DATABASE_URL"),
  };
}

function refuse(name: string): never {
  throw new Error(`The tests need ${name}.`);
}

/** A connection of the administrator to one database; the first one of the server when none is named. */
export function administrator(address: string, database?: string): postgres.Sql {
  const url = new URL(address);
  if (database !== undefined) url.pathname = `/${database}`;
  return postgres(url.href, { max: 2, onnotice: () => {} });
}

/** Answers the name of the template, which it makes when it is missing. */
export async function ensureTemplate(): Promise<string> {
  const { admin, migrator } = addresses();
  const name = TEMPLATE_PREFIX + (await fingerprint());
  await withServer(admin, async (server) => {
    const [found] = await server`select 1 from pg_database where datname = ${name}`;
    if (found) return;
    const draft = `${name}_draft`;
    await server.unsafe(`drop database if exists ${draft} with (force)`);
    await server.unsafe(`create database ${draft}`);
    await runRoles(admin, draft);
    await migratePostgres(new URL(`/${draft}`, migrator).href);
    await server.unsafe(`alter database ${draft} rename to ${name}`);
    await server.unsafe(`alter database ${name} allow_connections false`);
  });
  return name;
}

/** A copy loses the grants on the database itself, so the roles script runs again. */
export async function cloneTemplate(name: string): Promise<void> {
  const { admin } = addresses();
  const template = await ensureTemplate();
  await withServer(admin, (server) => server.unsafe(`create database ${name} template ${template}`));
  await runRoles(admin, name);
}

/** Drops the databases of test files that have ended: their names carry the process that made them. */
export async function dropClones(): Promise<void> {
  const { admin } = addresses();
  await withServer(admin, async (server) => {
    const clones = await server<{ name: string }[]>`
      select datname as name from pg_database where datname like ${`${TEST_PREFIX.replaceAll("_", "\\_")}%`}`;
    for (const { name } of clones) {
      const pid = Number(name.slice(TEST_PREFIX.length).split("_")[0]);
      if (!isRunning(pid)) await server.unsafe(`drop database if exists ${name} with (force)`);
    }
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function runRoles(admin: string, database: string): Promise<void> {
  const sql = administrator(admin, database);
  try {
    await sql.unsafe(await readFile(ROLES, "utf8"));
  } finally {
    await sql.end();
  }
}

async function withServer(admin: string, work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(admin, { max: 1, onnotice: () => {} });
  try {
    await server`select pg_advisory_lock(${LOCK[0]}, ${LOCK[1]})`;
    await work(server);
  } finally {
    await server.end();
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  const files = (await readdir(POSTGRES_MIGRATIONS)).filter((file) => file.endsWith(".up.sql")).sort();
  for (const file of [ROLES, ...files.map((name) => path.join(POSTGRES_MIGRATIONS, name))]) {
    hash.update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}
