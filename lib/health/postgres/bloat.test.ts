import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { BLOAT_EXTENSION } from "@/lib/databases/postgres/catalogue-sql";
import { createPostgresCollector } from "@/lib/databases/postgres/metrics";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { reindexIndex, vacuumTable } from "./commands";
import { measureBloat } from "./queries";

let stores: Stores;
let ctx: Context;

const holes = { schema: "app", table: "holes" };
const measure = (from = stores) => ask(measureBloat, holes, ctx, from);
const reason = "test";

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  const sql = await database();
  await sql.unsafe(`create table app.holes (id int primary key, filling text) with (autovacuum_enabled = false);
    insert into app.holes select n, repeat('x', 200) from generate_series(1, 20000) n;
    create index holes_filling on app.holes using hash (filling);
    create index holes_negative on app.holes ((-id))`);
});

describe("bloat", () => {
  it("of a table that was just filled is next to nothing", async () => {
    const { rows, blind } = await measure();
    expect(blind).toBeNull();
    const [table, ...indexes] = rows;
    expect(table).toMatchObject({ kind: "table", name: "holes", dead_share: 0, density: null, why: null });
    expect(table?.bytes).toBeGreaterThan(4_000_000);
    expect(table?.bloat_share).toBeLessThan(5);
    expect(indexes.map(({ name }) => name).sort()).toEqual(["holes_filling", "holes_negative", "holes_pkey"]);
    const pkey = indexes.find(({ name }) => name === "holes_pkey");
    expect(pkey).toMatchObject({ kind: "index", dead_share: null, why: null });
    expect(pkey?.density).toBeGreaterThan(80);
    expect(pkey?.bloat_share).toBeLessThan(10);
    const unfit = {
      bloat_bytes: null,
      bloat_share: null,
      why: "Only a B-tree can be measured, and this is of the kind hash.",
    };
    expect(indexes.find(({ name }) => name === "holes_filling")).toMatchObject(unfit);
  });

  it("is dead rows first, then free space, until the index is built anew", async () => {
    const sql = await database();
    await sql.unsafe("delete from app.holes where id % 4 <> 0");
    await stores.cache.after(["health:postgres"], [], []);
    const [dirty] = (await measure()).rows;
    expect(dirty?.dead_share).toBeGreaterThan(50);
    await execute(vacuumTable, { ...holes, mode: "vacuum", reason }, ctx, stores);
    const { rows } = await measure();
    expect(rows[0]?.dead_share).toBeLessThan(5);
    expect(rows[0]?.bloat_share).toBeGreaterThan(50);
    const of = (all: typeof rows) => all.find(({ name }) => name === "holes_negative")?.bloat_share;
    expect(of(rows)).toBeGreaterThan(50);
    await execute(reindexIndex, { schema: "app", index: "holes_negative", reason }, ctx, stores);
    expect(of((await measure()).rows)).toBeLessThan(10);
  });

  it("is told piece by piece: what is locked says so, the rest is measured", async () => {
    const sql = await database();
    await stores.cache.after(["health:postgres"], [], []);
    await sql.begin(async (tx) => {
      await tx.unsafe("lock table app.holes in access exclusive mode");
      const { rows } = await measure();
      expect(rows[0]).toMatchObject({ bloat_share: null, why: "Another session has locked it." });
      expect(rows.find(({ name }) => name === "holes_pkey")).toMatchObject({ why: null });
    });
  });

  it("of an index that holds nothing is nothing", async () => {
    const sql = await database();
    await sql.unsafe("create table app.bare (id int primary key)");
    const { rows } = await ask(measureBloat, { schema: "app", table: "bare" }, ctx, stores);
    expect(rows).toMatchObject([
      { name: "bare", bytes: 0, bloat_share: 0 },
      { name: "bare_pkey", density: null, bloat_bytes: 0, bloat_share: 0 },
    ]);
  });

  it("of a partitioned table is asked of its partitions", async () => {
    const sql = await database();
    await sql.unsafe("create table app.split (id int) partition by range (id)");
    const { rows } = await ask(measureBloat, { schema: "app", table: "split" }, ctx, stores);
    expect(rows).toMatchObject([{ kind: "table", bloat_bytes: null, why: expect.stringMatching(/its partitions/) }]);
  });

  it.each([
    [{ schema: "app", table: "nobody" }, "not_found"],
    [{ schema: "pg_catalog", table: "pg_class" }, "not_found"],
    [{ schema: "app", table: "holes_pkey" }, "not_found"],
    [{ schema: "app", table: 'users"; drop table app.users; --' }, "invalid"],
    [{ schema: "", table: "users" }, "invalid"],
  ])("of %o is %s", async (input, code) => {
    expect(await outcomeOf(ask(measureBloat, input, ctx, stores))).toBe(code);
  });
});

describe("without the right", () => {
  it("bloat is unknown, with the statement that gives it, here and among the checks", async () => {
    const sql = await database();
    const [role, password] = [`q_flat_${randomBytes(4).toString("hex")}`, randomBytes(12).toString("hex")];
    const url = new URL(env().MONITOR_DATABASE_URL);
    const name = url.pathname.slice(1);
    await sql.unsafe(`create role ${role} login password '${password}'; grant connect on database ${name} to ${role}`);
    [url.username, url.password] = [role, password];
    const bare = await testStores({ env: { MONITOR_DATABASE_URL: url.href } });
    const grants = async () => {
      await bare.cache.after(["health:postgres"], [], []);
      const { rows, blind } = await measure(bare);
      const { blind: checks } = await createPostgresCollector(bare.databases.watchers.postgres).collect(900);
      const check = checks.find((one) => one.check === "Bloat");
      expect([rows.length > 0, check?.grant]).toEqual([blind === null, blind?.grant]);
      return blind?.grant;
    };
    try {
      const usage = `GRANT USAGE ON SCHEMA public TO ${role};`;
      const calls = `GRANT EXECUTE ON FUNCTION public.pgstattuple_approx(regclass), public.pgstatindex(regclass) TO ${role};`;
      expect(await grants()).toBe(`${usage} ${calls}`);
      await sql.unsafe(usage);
      expect(await grants()).toBe(calls);
      await sql.unsafe("drop extension pgstattuple");
      expect(await grants()).toBe(BLOAT_EXTENSION);
      await sql.unsafe(BLOAT_EXTENSION);
      await sql.unsafe(calls);
      expect(await grants()).toBeUndefined();
    } finally {
      await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
    }
  });
});
