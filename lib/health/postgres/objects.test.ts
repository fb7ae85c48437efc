import { beforeAll, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { getVacuum, listIndexes, listTables } from "./queries";

let stores: Stores;
let ctx: Context;
const largest = { limit: 200 };

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  const sql = await database();
  await sql.unsafe(`create table app.held (id int primary key, filling text);
    insert into app.held select n, repeat('x', 200) from generate_series(1, 20000) n`);
  await sql.unsafe("vacuum analyze app.held");
});

async function sizes() {
  await stores.cache.after(["health:postgres"], [], []);
  const [tables, indexes, vacuum] = await Promise.all([
    ask(listTables, largest, ctx, stores),
    ask(listIndexes, largest, ctx, stores),
    ask(getVacuum, {}, ctx, stores),
  ]);
  const table = tables.rows.find(({ name }) => name === "held");
  return { table: table?.bytes, index: indexes.rows.find(({ name }) => name === "held_pkey")?.bytes, vacuum };
}

it("tables and indexes are listed while a migration holds one of them exclusively", async () => {
  const free = await sizes();
  expect(free.table).toBeGreaterThan(5_000_000);
  const sql = await database();
  for (const held of ["lock table app.held in access exclusive mode", "reindex index app.held_pkey"]) {
    await sql.begin(async (tx) => {
      await tx.unsafe(held);
      const { table, index, vacuum } = await sizes();
      // by the pages of the last vacuum, so without its indexes
      expect(table, held).toBeGreaterThan(4_000_000);
      expect(table, held).toBeLessThan(free.table ?? 0);
      expect(index, held).toBe(free.index);
      expect(vacuum.oldest.length).toBeGreaterThan(0);
    });
  }
});
