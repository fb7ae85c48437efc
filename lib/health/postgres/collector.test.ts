import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { type Collector, type Reading } from "@/lib/databases/collector";
import { createPostgresCollector } from "@/lib/databases/postgres/metrics";
import { Pool } from "@/lib/databases/postgres/pool";
import { SIGNALS } from "@/lib/databases/postgres/signals";
import { ratesOf } from "@/lib/databases/rates";
import { EVERY_S } from "@/lib/databases/signal";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { stray, until } from "@/lib/testing/sessions";
import { testStores } from "@/lib/testing/stores";
import { getLocks, getReplication, getVacuum, listSessions, listStatements } from "./queries";

let stores: Stores;
let ctx: Context;
let collector: Collector;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  collector = createPostgresCollector(stores.databases.watchers.postgres);
});

it("measures every signal of the catalogue, and nothing that is not in it", async () => {
  const measured = new Set<string>();
  // A share of a minute is known from the second pass on.
  await collector.collect(60);
  for (const everyS of EVERY_S) {
    const { gauges, counters, blind, rows } = await collector.collect(everyS);
    const found = [...Object.keys(gauges), ...Object.keys(counters)];
    expect(found.filter((id) => !SIGNALS.some((signal) => signal.id === id && signal.everyS === everyS))).toEqual([]);
    expect(blind.filter(({ kind }) => kind !== "not_reported")).toEqual([]);
    expect(rows).toBeGreaterThan(1);
    found.forEach((id) => measured.add(id));
  }
  expect(SIGNALS.map(({ id }) => id).filter((id) => !measured.has(id) && id !== "answer_ms")).toEqual([]);
});

it("counts what there is", async () => {
  const { gauges, facts } = await collector.collect(10);
  expect(gauges.connections).toBeGreaterThan(0);
  expect(gauges.connections_usable).toBeGreaterThan(gauges.connections ?? 0);
  expect(gauges.connections_used).toBeCloseTo((100 * (gauges.connections ?? 0)) / (gauges.connections_usable ?? 1), 0);
  expect(facts).toMatchObject({ role: "primary", "watched as": "quadrant_monitor" });
  const objects = await collector.collect(900);
  expect(objects.gauges.database_bytes).toBeGreaterThan(1_000_000);
  expect(objects.gauges.tables).toBeGreaterThan(5);
  expect(objects.gauges.config_hazards).toBe(0);
});

it("has the right rates after two passes", async () => {
  const work = await stray("test-rates");
  const flush = () => work.sql`select pg_stat_force_next_flush()`;
  const pass = async (everyS: 10 | 60): Promise<Reading> => {
    await flush();
    return collector.collect(everyS);
  };
  const [first, firstMinute] = [await pass(10), await pass(60)];
  for (let round = 0; round < 30; round += 1) await work.sql`select count(*) from pg_attribute`;
  for (let round = 0; round < 5; round += 1) {
    await work.sql.unsafe("begin; select 1; rollback");
  }
  const [second, secondMinute] = [await pass(10), await pass(60)];
  await work.end();
  const counted = (reading: Reading, at: number) => ({
    at,
    generation: reading.generation,
    counters: reading.counters,
  });
  const rates = ratesOf(counted(first, 0), counted(second, 10_000), 30_000);
  expect(rates.commits).toBeGreaterThanOrEqual(3);
  expect(rates.commits).toBeLessThan(100);
  expect(rates.rollbacks).toBeGreaterThanOrEqual(0.5);
  expect(rates.deadlocks).toBe(0);
  const minute = ratesOf(counted(firstMinute, 0), counted(secondMinute, 60_000), 180_000);
  expect(minute.blocks_hit).toBeGreaterThan(10);
  expect(secondMinute.gauges.cache_hit).toBeGreaterThan(50);
  expect(secondMinute.gauges.cache_hit).toBeLessThanOrEqual(100);
});

it("sees an idle transaction and a lock that is waited for", async () => {
  const [holder, waiter] = [await stray("test-holder"), await stray("test-waiter")];
  await holder.sql.unsafe("begin; select pg_advisory_xact_lock(4711)");
  const waiting = waiter.sql.unsafe("select pg_advisory_xact_lock(4711)").then(() => "got it");
  const { gauges } = await until(
    () => collector.collect(10),
    ({ gauges: seen }) => (seen.lock_wait_s ?? 0) > 0.3 && (seen.longest_idle_tx_s ?? 0) > 0.3,
  );
  expect(gauges.blocked_sessions).toBeGreaterThan(0);
  expect(gauges.connections_idle_tx).toBeGreaterThan(0);
  expect(gauges.longest_tx_s).toBeGreaterThan(0.3);
  await holder.end();
  expect(await waiting).toBe("got it");
  await waiter.end();
});

it("without its rights is blind, with the statement that grants them, and never reports 0", async () => {
  const sql = await database();
  const [role, password] = [`q_blind_${randomBytes(4).toString("hex")}`, randomBytes(12).toString("hex")];
  const [{ name } = { name: "" }] = await sql<{ name: string }[]>`select current_database() as name`;
  await sql.unsafe(`create role ${role} login password '${password}'; grant connect on database ${name} to ${role}`);
  const url = new URL(env().MONITOR_DATABASE_URL);
  [url.username, url.password] = [role, password];
  const bare = new Pool({ name: "bare", url: url.href, max: 1 });
  afterAll(async () => {
    await bare.close();
    await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
  });
  const half = createPostgresCollector({ monitor: bare });
  const live = await half.collect(10);
  expect(live.blind).toContainEqual({
    check: "Sessions and locks",
    kind: "denied",
    why: expect.stringMatching(/no session but its own/),
    grant: `GRANT pg_monitor TO ${role};`,
  });
  expect(live.gauges).toMatchObject({ connections: null, connections_used: null, blocked_sessions: null });
  const minute = await half.collect(60);
  const blind = Object.fromEntries(minute.blind.map(({ check, grant }) => [check, grant]));
  expect(blind["WAL directory"]).toBe(`GRANT pg_monitor TO ${role};`);
  expect(blind["Statement statistics"]).toBe(`GRANT USAGE ON SCHEMA public TO ${role};`);
  expect(minute.gauges.wal_dir_bytes).toBeUndefined();

  const { monitor: _monitor, ...rest } = stores.databases.watchers.postgres;
  const postgres = { ...rest, monitor: bare, roles: { monitor: role, operator: null } };
  const seeing = {
    ...stores,
    databases: { ...stores.databases, watchers: { ...stores.databases.watchers, postgres } },
  };
  const grant = `GRANT pg_monitor TO ${role};`;
  expect((await ask(listSessions, {}, ctx, seeing)).blind).toMatchObject({ kind: "denied", grant });
  expect((await ask(getLocks, {}, ctx, seeing)).blind).toMatchObject({ kind: "denied", grant });
  expect((await ask(getVacuum, {}, ctx, seeing)).blind).toMatchObject({ kind: "denied", grant });
  expect((await ask(getReplication, {}, ctx, seeing)).blind).toContainEqual(expect.objectContaining({ grant }));
  expect((await ask(listStatements, {}, ctx, seeing)).blind).toMatchObject({ kind: "denied" });

  await sql.unsafe(`create sequence app.narrow; grant pg_monitor to ${role}; grant usage on schema public to ${role}`);
  const objects = await half.collect(900);
  expect(objects.gauges.sequence_used).toBeNull();
  const allow = objects.blind.find(({ check }) => check === "Sequence limits")?.grant;
  expect(allow).toBe(`GRANT SELECT ON ALL SEQUENCES IN SCHEMA app TO ${role};`);
  await sql.unsafe(allow ?? "");
  const now = await half.collect(900);
  expect(now.blind).toEqual([]);
  expect((await half.collect(10)).gauges.connections).toBeGreaterThan(0);
});
