// Engines that answer slowly or not at all: the others are measured in time.
import { beforeAll, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import { type Collector, EMPTY_READING } from "@/lib/databases/collector";
import type { Engine, EngineReport } from "@/lib/databases/schema";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { type Proxy, startProxy } from "@/lib/testing/proxy";
import { testStores } from "@/lib/testing/stores";
import { createSampler } from "./sampler";

const NONE: Record<Engine, Collector | null> = { postgres: null, mongodb: null, redis: null, elasticsearch: null };
const QUICK: Collector = { collect: async () => ({ ...EMPTY_READING, gauges: { connections: 7 } }) };
let stores: Stores;
let behind: Stores;
let proxies: Proxy[];

beforeAll(async () => {
  stores = await testStores();
  const [system, monitor] = await Promise.all([
    startProxy(env().SYSTEM_DATABASE_URL),
    startProxy(env().MONITOR_DATABASE_URL),
  ]);
  proxies = [system, monitor];
  behind = await testStores({ env: { SYSTEM_DATABASE_URL: system.url, MONITOR_DATABASE_URL: monitor.url } });
});

/** A sampler and what it tells, with the time since it was made. */
function watching(on: Stores, collectors: Partial<Record<Engine, Collector>>) {
  const began = performance.now();
  const told: (EngineReport & { ms: number })[] = [];
  const sampler = createSampler(on, {
    namespace: "slow-",
    leads: async () => true,
    collectors: { ...NONE, ...collectors },
    onReport: async (report) => void told.push({ ...report, ms: performance.now() - began }),
  });
  const of = (engine: Engine) => told.filter((report) => report.engine === engine);
  return { sampler, of };
}

it("does not let a slow engine hold up the others, and begins nothing beside what is still under way", async () => {
  let [calls, underWay, most] = [0, 0, 0];
  let release = () => {};
  const slow: Collector = {
    async collect() {
      calls += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise<void>((done) => (release = done));
      underWay -= 1;
      return EMPTY_READING;
    },
  };
  const { sampler, of } = watching(stores, { redis: slow, mongodb: QUICK });
  await sampler.tick();
  expect(of("mongodb")[0]?.ms).toBeLessThan(3_000);
  expect(of("redis")).toMatchObject([{ reach: "healthy", blind: [{ kind: "slow" }] }]);
  await sampler.tick();
  expect([of("mongodb").length, of("redis").length, calls]).toEqual([2, 2, 1]);
  release();
  const third = sampler.tick();
  await expect.poll(() => calls).toBeGreaterThan(1);
  while (underWay > 0) {
    release();
    await new Promise((done) => setTimeout(done, 20));
  }
  await third;
  expect(most).toBe(1);
  expect(of("redis").at(-1)?.blind).not.toMatchObject([{ check: "every 60 s" }]);
});

it("measures the others while PostgreSQL is frozen, calls it down, and writes all of it down afterwards", async () => {
  const { sampler } = watching(behind, { postgres: QUICK, mongodb: QUICK });
  await sampler.tick();
  expect(behind.engines.report("postgres")?.values).toMatchObject({ connections: 7 });
  for (const proxy of proxies) proxy.freeze();
  const from = new Date();
  for (let pass = 0; pass < 3; pass += 1) {
    const began = performance.now();
    const before = behind.engines.report("mongodb")?.at ?? "";
    await sampler.tick();
    expect(performance.now() - began).toBeLessThan(10_000);
    const report = behind.engines.report("mongodb");
    expect(report?.at.localeCompare(before)).toBe(1);
    expect(report).toMatchObject({ reach: "healthy", values: { connections: 7 } });
  }
  expect(behind.engines.report("postgres")).toMatchObject({
    health: { status: "down", reason: "did not answer in 1.5 s" },
    reach: "down",
    passed: [],
  });
  expect(behind.engines.report("postgres")?.values).toEqual({});
  for (const proxy of proxies) proxy.thaw();
  const sql = await database();
  const rows = () => sql`
    select 1 from system.metric_samples where store = 'mongodb' and step = 0 and at >= ${from} and v ? 'connections'`;
  await expect.poll(async () => (await sampler.tick(), (await rows()).length), { timeout: 60_000 }).toBeGreaterThan(3);
  expect(await sql`select status from system.incidents where engine = 'postgres'`).toEqual([{ status: "down" }]);
});
