import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { reportChannel } from "@/lib/core/engine-feed";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { type Collector, EMPTY_READING } from "@/lib/databases/collector";
import { ENGINES, type Engine, type EngineReport } from "@/lib/databases/schema";
import { env } from "@/lib/env";
import { endMaintenance, startMaintenance } from "@/lib/health/commands";
import { getEngine, getHistory, listMarks } from "@/lib/health/queries";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { type Proxy, startProxy } from "@/lib/testing/proxy";
import { testStores } from "@/lib/testing/stores";
import { sweep } from "../tasks/sweep";
import { rollUp } from "./rollup";
import { createSampler } from "./sampler";

const namespace = env().QUADRANT_NAMESPACE;
const NONE: Record<Engine, Collector | null> = { postgres: null, mongodb: null, redis: null, elasticsearch: null };
let stores: Stores;
let redisProxy: Proxy;
let systemProxy: Proxy;
/** Stores whose Redis, and whose PostgreSQL behind the system's credential, can be cut off. */
let behind: Stores;

beforeAll(async () => {
  stores = await testStores();
  redisProxy = await startProxy(env().REDIS_URL ?? "");
  systemProxy = await startProxy(env().SYSTEM_DATABASE_URL);
  const monitor = env().REDIS_MONITOR_URL;
  const monitored = monitor === undefined ? {} : { REDIS_MONITOR_URL: redisProxy.url };
  behind = await testStores({ env: { REDIS_URL: redisProxy.url, SYSTEM_DATABASE_URL: systemProxy.url, ...monitored } });
});

const asOps = async () => context(await staff("ops"));

/** A collector that answers the gauges it is told to. */
function given(gauges: Record<string, number>): Collector {
  return { collect: async (everyS) => ({ ...EMPTY_READING, gauges: everyS === 10 ? gauges : {} }) };
}

/** What is told to a process that listens. */
async function heard(work: () => Promise<unknown>): Promise<EngineReport[]> {
  const subscriber = stores.databases.redis?.redis.duplicate({
    keyPrefix: "",
    enableOfflineQueue: true,
    commandTimeout: undefined,
  });
  if (!subscriber) throw new Error("The tests need Redis.");
  const reports: EngineReport[] = [];
  subscriber.on("message", (_channel, text) => reports.push(JSON.parse(text)));
  await subscriber.subscribe(reportChannel(namespace));
  await work();
  await sleep(200);
  subscriber.disconnect();
  return reports;
}

describe("the sampler", () => {
  it("measures all four engines, tells whoever listens, and leaves a report and a sample of each", async () => {
    const sampler = createSampler(stores, { namespace, leads: async () => true });
    const reports = await heard(async () => {
      await sampler.tick();
    });
    expect(reports.map(({ engine }) => engine).sort()).toEqual([...ENGINES].sort());
    for (const { engine, values, costs, health } of reports) {
      expect(values.answer_ms, engine).toBeGreaterThan(0);
      expect(costs.length, engine).toBe(3);
      expect(["healthy", "degraded"], engine).toContain(health.status);
    }
    const sql = await database();
    const rows = await sql`select store from system.metric_samples where step = 0 order by 1`;
    expect(new Set(rows.map(({ store }) => store))).toEqual(new Set(ENGINES));
    expect(await sql`select 1 from system.engine_reports`).toHaveLength(4);
    const view = await ask(getEngine, { engine: "postgres" }, await asOps(), stores);
    expect(view.report?.values.answer_ms).toBeGreaterThan(0);
    expect(view.pool.max).toBeGreaterThan(10);
  });

  it("does nothing while another worker leads", async () => {
    const sampler = createSampler(stores, { namespace, leads: async () => false });
    expect(await heard(() => sampler.tick())).toEqual([]);
  });

  it("opens an incident, makes it worse, ends it, and goes on on another worker from what the first remembered", async () => {
    const sql = await database();
    const incidents = () => sql<{ status: string; open: boolean; reasons: unknown }[]>`
      select status, ended_at is null as open, reasons from system.incidents where engine = 'redis'`;
    const worker = () =>
      createSampler(behind, { namespace, leads: async () => true, collectors: { ...NONE, redis: given({}) } });
    const first = worker();
    await first.tick();
    expect(await incidents()).toEqual([]);
    await redisProxy.stop();
    for (let pass = 0; pass < 3; pass += 1) await first.tick();
    expect(await incidents()).toMatchObject([{ status: "down", open: true }]);
    const second = worker();
    await second.tick();
    expect(await incidents()).toHaveLength(1);
    await redisProxy.resume();
    for (let pass = 0; pass < 3; pass += 1) await second.tick();
    expect(await incidents()).toMatchObject([{ status: "down", open: false, reasons: [{ text: expect.any(String) }] }]);
    const marks = await ask(listMarks, { engine: "redis", range: "15m" }, await asOps(), stores);
    expect(marks).toMatchObject([{ kind: "incident", engine: "redis", text: expect.stringContaining("Redis down") }]);
  });

  it("keeps what it measured while PostgreSQL is away and writes it with its own times afterwards", async () => {
    const collectors = { ...NONE, mongodb: given({ connections: 7 }) };
    const sampler = createSampler(behind, { namespace: "away-", leads: async () => true, collectors });
    await sampler.tick();
    await systemProxy.stop();
    const from = new Date();
    await sampler.tick();
    await sleep(20);
    await sampler.tick();
    await systemProxy.resume();
    await expect.poll(async () => (await sampler.tick(), sampler.archive.lateFrom)).not.toBeNull();
    const sql = await database();
    const rows = await sql<{ at: Date }[]>`
      select at from system.metric_samples where store = 'mongodb' and step = 0 and at >= ${from} and v ? 'answer_ms'`;
    expect(rows.length).toBeGreaterThanOrEqual(3);
  });

  it("says maintenance while a window is open, and opens no incident then", async () => {
    const ctx = await asOps();
    const reason = "New memory";
    const asked = { engine: "elasticsearch" as const, minutes: 10, reason };
    const { plan } = await preview(startMaintenance, asked, ctx, stores);
    const { id, version } = await execute(startMaintenance, asked, ctx, stores, { plan });
    expect(await outcomeOf(execute(startMaintenance, asked, ctx, stores))).toBe("conflict");
    const seen: EngineReport[] = [];
    const onReport = async (report: EngineReport) => void seen.push(report);
    const collectors = { ...NONE, elasticsearch: given({}) };
    const sampler = createSampler(stores, { namespace, leads: async () => true, collectors, onReport });
    await sampler.tick();
    expect(seen.at(-1)?.health).toMatchObject({ status: "maintenance", reason: "In maintenance: New memory" });
    await execute(endMaintenance, { id, version }, ctx, stores);
    await sampler.tick();
    expect(seen.at(-1)?.health.status).not.toBe("maintenance");
    for (const minutes of [0, 4, 1_441, 7.5]) {
      const bad = { engine: "redis" as const, minutes, reason };
      expect(await outcomeOf(execute(startMaintenance, bad, ctx, stores))).toBe("invalid");
    }
  });
});

describe("history", () => {
  const HOUR = 3_600_000;

  /** Samples of one signal, one every ten seconds, the newest now. */
  async function fill(values: readonly (number | null)[], store = "redis"): Promise<Date> {
    const sql = await database();
    const end = Math.floor(Date.now() / 10_000) * 10_000;
    await sql`delete from system.metric_samples where store = ${store}`;
    for (const [index, value] of values.entries()) {
      const at = new Date(end - (values.length - 1 - index) * 10_000);
      if (value === null) continue;
      await sql`insert into system.metric_samples values (${store}, 'primary', 0, ${at}, ${sql.json({ answer_ms: value })})`;
    }
    return new Date(end);
  }

  it("shows raw values, and a gap where nothing was measured", async () => {
    await fill([1, 2, 3, ...Array<null>(20).fill(null), 7, 8]);
    const input = { engine: "redis" as const, signals: ["answer_ms"], range: "15m" as const };
    const { series } = await ask(getHistory, input, await asOps(), stores);
    const means = series[0]?.points.map(([, mean]) => mean);
    expect(means).toEqual([1, 2, 3, null, null, 7, 8]);
    expect(series[0]?.signal).toMatchObject({ label: "Answer time", unit: "ms" });
  });

  it("rolls up to minutes and hours with the least, the mean and the most, and does so again for late samples", async () => {
    const sql = await database();
    const end = await fill(Array.from({ length: 721 }, (_, index) => (index === 360 ? 100 : 1)));
    await rollUp(stores.postgres.system);
    const minutes = await sql<{ v: { answer_ms: number[] } }[]>`
      select v from system.metric_samples where store = 'redis' and step = 1 order by at`;
    expect(minutes.length).toBeGreaterThanOrEqual(120);
    expect(Math.max(...minutes.map(({ v }) => v.answer_ms[2] ?? 0))).toBe(100);
    const hours = await sql`select at from system.metric_samples where store = 'redis' and step = 60`;
    expect(hours.length).toBeGreaterThanOrEqual(2);
    const late = new Date(end.getTime() - HOUR);
    await sql`update system.metric_samples set v = '{"answer_ms": 500}' where store = 'redis' and step = 0 and at = ${late}`;
    await rollUp(stores.postgres.system, late.toISOString());
    const [most] = await sql`
      select max((v->'answer_ms'->>2)::float8) as most from system.metric_samples where store = 'redis' and step = 60`;
    expect(most?.most).toBe(500);
    const day = await ask(getHistory, { engine: "redis", signals: ["answer_ms"], range: "24h" }, await asOps(), stores);
    expect(Math.max(...(day.series[0]?.points ?? []).map(([, , max]) => max ?? 0))).toBe(500);
  });

  it("is swept by its age: two days raw, two weeks of minutes, 400 days of hours", async () => {
    const sql = await database();
    const ages = [
      [0, 47, true],
      [0, 49, false],
      [1, 24 * 13, true],
      [1, 24 * 15, false],
      [60, 24 * 399, true],
      [60, 24 * 401, false],
    ] as const;
    for (const [step, hours] of ages) {
      await sql`insert into system.metric_samples
        values ('mongodb', ${`age-${hours}`}, ${step}, now() - ${hours} * interval '1 hour', '{"answer_ms": 1}')`;
    }
    await sweep(stores.postgres.system, new AbortController().signal);
    const rows = await sql<{ instance: string }[]>`
      select instance from system.metric_samples where instance like 'age-%'`;
    const kept = ages.filter(([, , isKept]) => isKept).map(([, hours]) => `age-${hours}`);
    expect(rows.map(({ instance }) => instance).sort()).toEqual(kept.sort());
  });

  it("refuses a signal that the engine does not have", async () => {
    const input = { engine: "redis" as const, signals: ["connections'; drop table x"], range: "1h" as const };
    expect(await outcomeOf(ask(getHistory, input, await asOps(), stores))).toBe("invalid");
  });
});
