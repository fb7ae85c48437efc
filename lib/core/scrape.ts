// The text a scrape reads. Everything in it is in memory already: no engine is asked.
import "server-only";
import { ENGINES, type Engine, type EngineReport, type EngineStatus } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { metrics, watchProcess } from "./metrics";
import type { Stores } from "./stores";

const STATUSES = [
  "healthy",
  "degraded",
  "down",
  "starting",
  "unknown",
  "maintenance",
  "stale",
] as const satisfies readonly EngineStatus[];
const BREAKER = { closed: 0, "half-open": 1, open: 2 };
/** An older value is left out: a gap in the graph is true, a straight line is not. */
const FRESH_MS = 60_000;

/** Signals of the console's own work, sampled with PostgreSQL, that have a name of their own. */
const WORK = [
  ["outboxLag", "outbox_lag_s"],
  ["outboxPending", "outbox_pending"],
  ["workerAge", "worker_age_s"],
] as const;

type PoolUse = { busy: number; idle: number; waiting: number };

export async function scrape(stores: Stores, version: string): Promise<{ type: string; text: string }> {
  watchProcess();
  const { registry, gauges } = metrics();
  for (const gauge of Object.values(gauges)) gauge.reset();
  // without labels a reset leaves a zero, which would be a measurement
  for (const [name] of WORK) gauges[name].remove();
  gauges.build.set({ version }, 1);
  setHealth(stores);
  setPools(stores);
  for (const engine of ENGINES) {
    const report = stores.engines.report(engine);
    if (report) setReport(engine, report);
  }
  return { type: registry.contentType, text: await registry.metrics() };
}

function setHealth({ engines }: Stores): void {
  const { up, probe, status: all } = metrics().gauges;
  for (const { engine: database, status, latency_ms } of engines.reach()) {
    up.set({ database }, status === "healthy" || status === "degraded" ? 1 : 0);
    if (latency_ms !== null) probe.set({ database }, latency_ms / 1000);
  }
  for (const { engine: database, status: current } of engines.health()) {
    for (const status of STATUSES) all.set({ database, status }, status === current ? 1 : 0);
  }
}

function setPools({ databases }: Stores): void {
  const { postgres, mongodb, redis, elasticsearch } = databases;
  const { breaker } = metrics().gauges;
  for (const { name, ...use } of postgres.stats()) setPool("postgres", name, use);
  setPool("mongodb", "main", mongodb.pool());
  if (redis) setPool("redis", "commands", redis.guard.use());
  if (elasticsearch) setPool("elasticsearch", "searches", elasticsearch.guard.use());
  for (const database of ENGINES) {
    const guard = databases[database]?.guard;
    if (guard) breaker.set({ database }, BREAKER[guard.breaker()]);
  }
}

function setPool(database: Engine, pool: string, { busy, idle, waiting }: PoolUse): void {
  for (const [state, places] of Object.entries({ busy, idle, waiting })) {
    metrics().gauges.pool.set({ database, pool, state }, places);
  }
}

function setReport(database: Engine, { at, values, costs, passed }: EngineReport): void {
  const all = metrics().gauges;
  const ageMs = Math.max(0, Date.now() - Date.parse(at));
  all.sampleAge.set({ database }, ageMs / 1000);
  if (ageMs > FRESH_MS) return;
  for (const { id: signal, unit } of CATALOGUE[database]) {
    const value = values[signal];
    if (typeof value === "number") all.signal.set({ database, signal, unit }, value);
  }
  for (const { every_s, ms } of costs) all.collection.set({ database, every: `${every_s}s` }, ms / 1000);
  for (const severity of ["warn", "critical"] as const) {
    const holding = passed.filter((one) => one.holds && one.severity === severity);
    all.limitsPassed.set({ database, severity }, holding.length);
  }
  if (database === "postgres") setWork(values);
}

function setWork(values: EngineReport["values"]): void {
  const { gauges } = metrics();
  for (const [name, id] of WORK) {
    const value = values[id];
    if (typeof value === "number") gauges[name].set(value);
  }
}
