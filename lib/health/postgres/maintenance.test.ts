import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { findTable } from "@/lib/databases/postgres/objects";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { reindexIndex, resetStatements, vacuumTable } from "./commands";
import {
  explainStatement,
  getReplication,
  getSettings,
  getVacuum,
  listIndexes,
  listStatements,
  listTables,
} from "./queries";

let stores: Stores;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  await person();
});

const outcomes = async (target: string) =>
  (await eventsOf(target)).map(({ body }) => Reflect.get(body, "outcome") as unknown);

describe("tables and indexes", () => {
  it("vacuums a table and reads that it was done", async () => {
    const input = { schema: "app", table: "users", mode: "vacuum" as const, reason: "Many dead rows" };
    expect(await preview(vacuumTable, input, ctx, stores)).toMatchObject({ will: 1 });
    const saved = await execute(vacuumTable, input, ctx, stores);
    expect(saved.note).toBe(
      "VACUUM (ANALYZE) app.users is done. The server's count of dead rows may follow some seconds later.",
    );
    expect(await outcomes("table app.users")).toEqual(["requested", "done"]);
    const { rows } = await ask(listTables, { limit: 500 }, ctx, stores);
    expect(rows.find(({ name }) => name === "users")?.last_vacuum).not.toBeNull();
    const analysed = await execute(vacuumTable, { ...input, mode: "analyze" }, ctx, stores);
    expect(analysed.note).toMatch(/^ANALYZE app\.users is done/);
  });

  it("vacuums a partitioned table: its size is that of all partitions, and it is done when each of them is", async () => {
    const sql = await database();
    await sql.unsafe(`create table app.parted (n int not null) partition by range (n);
      create table app.parted_low partition of app.parted for values from (0) to (10000);
      create table app.parted_high partition of app.parted for values from (10000) to (20000);
      insert into app.parted select n from generate_series(0, 19999) n; delete from app.parted where n % 2 = 0`);
    const input = { schema: "app", table: "parted", reason: "Many dead rows" };
    const { monitor } = stores.databases.watchers.postgres;
    const found = await findTable(monitor, input, "VACUUM (ANALYZE)");
    const [size] =
      await sql`select sum(pg_total_relation_size(relid))::float8 as bytes from pg_partition_tree('app.parted')`;
    expect(found).toMatchObject({ partitions: 2, bytes: size?.bytes, last_done: null });
    expect(found?.bytes).toBeGreaterThan(500_000);
    for (const mode of ["vacuum", "analyze"] as const) {
      expect(await preview(vacuumTable, { ...input, mode }, ctx, stores)).toMatchObject({ touches: [{ count: 2 }] });
      expect((await execute(vacuumTable, { ...input, mode }, ctx, stores)).note).toMatch(/app\.parted is done/);
    }
    expect(await outcomes("table app.parted")).toEqual(["requested", "done", "requested", "done"]);
  });

  it("names the grant where the server only warns and does nothing", async () => {
    const sql = await database();
    const [role, password] = [`q_bare_${randomBytes(4).toString("hex")}`, randomBytes(12).toString("hex")];
    const url = new URL(env().OPERATOR_DATABASE_URL ?? "");
    await sql.unsafe(`create role ${role} login password '${password}';
      grant connect on database ${url.pathname.slice(1)} to ${role}; grant usage on schema app to ${role}`);
    [url.username, url.password] = [role, password];
    const bare = await testStores({ env: { OPERATOR_DATABASE_URL: url.href } });
    const input = { schema: "app", table: "roles", reason: "by an operator without rights" };
    expect(await failureOf(execute(vacuumTable, input, ctx, bare))).toMatchObject({
      code: "conflict",
      message: `The operator may not do this. Grant it: GRANT pg_maintain TO ${role};`,
    });
    expect(await outcomes("table app.roles")).toEqual(["requested", "failed"]);
    const index = { schema: "app", index: "roles_pkey", reason: "by an operator without rights" };
    expect(await outcomeOf(execute(reindexIndex, index, ctx, bare))).toBe("conflict");
    await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
  });

  it("rebuilds an index beside its use", async () => {
    const saved = await execute(reindexIndex, { schema: "app", index: "users_pkey", reason: "Bloated" }, ctx, stores);
    expect(saved.note).toMatch(/^users_pkey was rebuilt/);
    expect(await outcomes("index app.users_pkey")).toEqual(["requested", "done"]);
  });

  it.each([
    [{ schema: "app", name: "nobody" }, "not_found"],
    [{ schema: "pg_catalog", name: "pg_class" }, "not_found"],
    [{ schema: "app", name: "Users" }, "not_found"],
    [{ schema: "app", name: 'users"; drop table app.users; --' }, "invalid"],
    [{ schema: "app'", name: "users" }, "invalid"],
    [{ schema: "app", name: "" }, "invalid"],
    [{ schema: "app", name: "x".repeat(64) }, "invalid"],
  ])("%o is %s", async ({ schema, name }, code) => {
    const reason = "test";
    expect(await outcomeOf(execute(vacuumTable, { schema, table: name, reason }, ctx, stores))).toBe(code);
    expect(await outcomeOf(execute(reindexIndex, { schema, index: name, reason }, ctx, stores))).toBe(code);
  });

  it("quotes what only a strange name needs", async () => {
    const sql = await database();
    await sql.unsafe('create table app."Odd name.2" (id int)');
    const saved = await execute(vacuumTable, { schema: "app", table: "Odd name.2", reason: "test" }, ctx, stores);
    expect(saved.note).toMatch(/^VACUUM \(ANALYZE\) app\."Odd name\.2" is done/);
  });

  it("finds what is duplicate, redundant, unused, invalid and without an index", async () => {
    const sql = await database();
    await sql.unsafe(`create table app.parent (id int primary key);
      create table app.child (a int, b int, parent int constraint child_parent references app.parent);
      create index child_a_b on app.child (a, b); create index child_a_b_again on app.child (a, b);
      create index child_a on app.child (a); create index child_b on app.child (b);
      insert into app.child (a, b) values (1, 1), (1, 2)`);
    await sql.unsafe("create unique index concurrently child_broken on app.child (a)").catch(() => null);
    await stores.cache.after(["health:postgres"], [], []);
    const { rows } = await ask(listIndexes, { limit: 500 }, ctx, stores);
    const advice = Object.fromEntries(
      rows.filter(({ table }) => table === "child").map((row) => [row.name, row.advice]),
    );
    expect(advice).toEqual({
      child_a: "redundant",
      child_a_b: "unused",
      child_a_b_again: "duplicate",
      child_b: "unused",
      child_broken: "invalid",
    });
    expect(rows.find(({ name }) => name === "child_b")?.drop).toBe("DROP INDEX CONCURRENTLY app.child_b;");
    const tables = await ask(listTables, { limit: 500 }, ctx, stores);
    expect(tables.unindexed_keys).toContainEqual({ table: "app.child", name: "child_parent" });
  });
});

describe("statements", () => {
  it("lists them with the values replaced, and explains one with the rights of its role", async () => {
    await stores.postgres.reader.query("select display_name from app.users where email = 'secret@example.com' limit 3");
    const { rows, blind } = await ask(listStatements, { order: "calls", limit: 100 }, ctx, stores);
    expect(blind).toBeNull();
    expect(rows.map(({ role }) => role)).not.toContain("quadrant_monitor");
    const mine = rows.find(({ query }) => query.startsWith("select display_name from app.users where email = $1"));
    expect(mine?.role).toBe("quadrant_app");
    const plan = await ask(explainStatement, { queryid: mine?.queryid ?? "", role: "quadrant_app" }, ctx, stores);
    expect(plan.kind).toBe("plan");
    expect(plan.kind === "plan" && plan.nodes.some(({ text }) => /on users/.test(text))).toBe(true);
    expect(JSON.stringify(plan)).not.toContain("secret@example.com");
  });

  it("shows neither passwords nor values of what the server keeps as it was typed", async () => {
    const sql = await database();
    const role = `q_leaky_${randomBytes(4).toString("hex")}`;
    await sql.unsafe(`create role ${role} login password 'hunter2'`);
    await sql.unsafe("do $$ begin perform 'ana@example.com'; end $$");
    await sql.unsafe(`alter role ${role} set search_path to hunter2`);
    await sql.unsafe(`drop role ${role}`);
    const kept = await sql<{ queryid: string; role: string }[]>`
      select queryid::text as queryid, userid::regrole::text as role from pg_stat_statements
      where query like 'create role q_leaky%' and dbid = (select oid from pg_database where datname = current_database())`;
    expect(kept).not.toEqual([]);
    const { rows } = await ask(listStatements, { order: "calls", limit: 100 }, ctx, stores);
    const plans = await Promise.all(kept.map((row) => ask(explainStatement, row, ctx, stores)));
    expect(plans.map(({ query }) => query)).toContain("create role …");
    expect(JSON.stringify([rows, plans])).not.toMatch(/hunter2|ana@example|q_leaky/);
  });

  it("says unknown with the grant where no role of the console may read", async () => {
    const sql = await database();
    await sql.unsafe("create table public.closed (id int)");
    await sql.unsafe("select count(*) as of_closed from public.closed where id = 7");
    const [row] = await sql<{ queryid: string; role: string }[]>`
      select queryid::text as queryid, userid::regrole::text as role from pg_stat_statements
      where query like 'select count(*) as of_closed%'
        and dbid = (select oid from pg_database where datname = current_database())`;
    const plan = await ask(explainStatement, { queryid: row?.queryid ?? "", role: row?.role ?? "" }, ctx, stores);
    expect(plan).toMatchObject({ kind: "unknown", grant: "GRANT pg_read_all_data TO quadrant_monitor;" });
  });

  it("explains only what the server remembers", async () => {
    const input = (queryid: string) => ask(explainStatement, { queryid, role: "quadrant_app" }, ctx, stores);
    expect(await outcomeOf(input("42"))).toBe("not_found");
    expect(await outcomeOf(input("1 or true"))).toBe("invalid");
    const auditor = context(await staff("auditor"));
    expect(await failureOf(ask(explainStatement, { queryid: "42", role: "x" }, auditor, stores))).toMatchObject({
      code: "forbidden",
    });
  });

  it("counts anew", async () => {
    const before = await ask(listStatements, { order: "total", limit: 100 }, ctx, stores);
    const { plan } = await preview(resetStatements, { reason: "After the release" }, ctx, stores);
    await stores.postgres.reader.query("select 1 as counted_since_the_preview");
    const saved = await execute(resetStatements, { reason: "After the release" }, ctx, stores, { plan });
    expect(saved.note).toMatch(/begins anew/);
    const after = await ask(listStatements, { order: "total", limit: 100 }, ctx, stores);
    expect(after.shapes).toBeLessThan(before.shapes);
    expect(await outcomeOf(execute(resetStatements, { queryid: "42", reason: "test" }, ctx, stores))).toBe("not_found");
  });
});

it("reads vacuum, replication and settings", async () => {
  const vacuum = await ask(getVacuum, {}, ctx, stores);
  expect(vacuum).toMatchObject({ blind: null });
  expect(vacuum.databases.length).toBeGreaterThan(0);
  expect(vacuum.oldest[0]?.xid_age).toBeGreaterThan(0);
  const replication = await ask(getReplication, {}, ctx, stores);
  expect(replication).toMatchObject({ role: "primary", blind: [] });
  expect(replication.wal.kept).toBeGreaterThan(0);
  const { rows } = await ask(getSettings, {}, ctx, stores);
  expect(rows.find(({ name }) => name === "fsync")).toMatchObject({ value: "on", hazard: null });
});
