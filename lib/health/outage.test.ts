import { beforeAll, expect, test } from "vitest";
import { ask } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import type { Passed } from "@/lib/databases/schema";
import { context, staff } from "@/lib/testing/factories";
import { report } from "@/lib/testing/reports";
import { testStores } from "@/lib/testing/stores";
import { getEngine } from "./queries";

const NOWHERE = "redis://127.0.0.1:1";
let stores: Stores;

beforeAll(async () => {
  stores = await testStores({ env: { REDIS_URL: NOWHERE, REDIS_MONITOR_URL: NOWHERE } });
  await stores.databases.monitor.probeAll();
});

const passed: Passed = {
  ...{ signal: "memory_used", text: "memory is full", value: 99, limit: 90, since: "2026-01-01T00:00:00.000Z" },
  ...{ next: "Raise maxmemory.", severity: "warn", holds: true, for_s: 60 },
};

test("an engine that is down shows no figure and no limit from before, and the next step of its outage", async () => {
  for (const engine of ["redis", "mongodb"] as const) stores.engines.receive(report(engine, { passed: [passed] }));
  const ctx = context(await staff("ops"));
  const redis = await ask(getEngine, { engine: "redis" }, ctx, stores);
  expect(redis).toMatchObject({ health: { status: "down" }, report: { values: {}, passed: [] } });
  expect(Object.keys(redis.report?.values ?? {})).toEqual([]);
  expect(redis.health.reasons).toMatchObject([{ signal: "reach", next: expect.stringMatching(/its process runs/) }]);
  const mongodb = await ask(getEngine, { engine: "mongodb" }, ctx, stores);
  expect(mongodb.report?.passed).toHaveLength(1);
  expect(Object.keys(mongodb.report?.values ?? {}).length).toBeGreaterThan(5);
});

test("an engine that flaps shows the worst that is held and why, and the figures of the one that answers", async () => {
  const text = "changed its status 4 times in 30 min; the worst of them is held";
  const reason = { signal: "flapping", text, value: 4, limit: 4, since: "", next: null };
  const held = report("mongodb");
  const health = { ...held.health, status: "down" as const, reason: text, reasons: [reason] };
  stores.engines.receive({ ...held, at: new Date(Date.now() + 1).toISOString(), health });
  const ctx = context(await staff("ops"));
  const view = await ask(getEngine, { engine: "mongodb" }, ctx, stores);
  expect(view.health).toMatchObject({ status: "down", reason: text, latency_ms: expect.any(Number) });
  expect(Object.keys(view.report?.values ?? {}).length).toBeGreaterThan(5);
  stores.engines.receive({ ...held, at: new Date(Date.now() + 2).toISOString(), health, reach: "down" });
  expect((await ask(getEngine, { engine: "mongodb" }, ctx, stores)).health.status).toBe("healthy");
});
