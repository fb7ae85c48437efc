// What a process knows of the engines: its own probes at once, and what the sampler measured, by Redis or PostgreSQL.
import "server-only";
import type { Redis } from "ioredis";
import type { Databases } from "@/lib/databases/registry";
import { ENGINES, type Engine, type EngineHealth, type EngineReport, answers } from "@/lib/databases/schema";
import type { EngineReports } from "./operation";

/** Three passes of 10 s missed, and some grace: then what was measured is old. */
const STALE_MS = 35_000;
/** Without a message for this long (Redis is away, or nobody samples) PostgreSQL is asked. */
const SILENT_MS = 12_000;
const POLL_MS = 5_000;

export type EngineFeed = EngineReports & {
  /** Begins to listen; once per process. */
  start(): void;
  /** Called when a probe or a report came in; answers the function that ends it. */
  onChange(listener: () => void): () => void;
  /** Takes a report of this very process. */
  receive(report: EngineReport): void;
  close(): Promise<void>;
};

/** Publishing and subscribing need the namespace in the name: the driver prefixes keys only. */
export function reportChannel(namespace: string): string {
  return `${namespace}q:live:health`;
}

export function createEngineFeed(databases: Databases, namespace: string): EngineFeed {
  const began = Date.now();
  const { monitor, postgres, redis } = databases;
  const reports = new Map<Engine, EngineReport>();
  const listeners = new Set<() => void>();
  let subscriber: Redis | null = null;
  let timer: NodeJS.Timeout | undefined;
  let heardAt = 0;

  const tell = () => listeners.forEach((listener) => listener());

  function receive(report: EngineReport): void {
    const known = reports.get(report.engine);
    if (known && known.at >= report.at) return;
    reports.set(report.engine, report);
    tell();
  }

  async function poll(): Promise<void> {
    if (Date.now() - heardAt < SILENT_MS) return;
    const rows = await postgres.systemReader
      .query<{ report: EngineReport }>("select report from system.engine_reports")
      .catch(() => []);
    for (const { report } of rows) receive(report);
  }

  function subscribe(): void {
    if (!redis) return;
    const retryStrategy = (attempt: number) => Math.min(attempt * 200, 5_000);
    subscriber = redis.redis.duplicate({ connectionName: "quadrant-live", commandTimeout: undefined, retryStrategy });
    subscriber.on("error", () => {});
    subscriber.on("ready", () => void subscriber?.subscribe(reportChannel(namespace)).catch(() => {}));
    subscriber.on("message", (_channel, text) => {
      const report = parse(text);
      if (!report) return;
      heardAt = Date.now();
      receive(report);
    });
  }

  function combined(own: EngineHealth): EngineHealth {
    const report = reports.get(own.engine);
    const ageMs = report ? Date.now() - Date.parse(report.at) : Date.now() - began;
    return combine(own, report ?? null, ageMs > STALE_MS);
  }

  return {
    health: () => monitor.health().map(combined),
    reach: () => monitor.health(),
    report: (engine) => reports.get(engine) ?? null,
    pool: (engine) => poolUse(databases, engine),
    receive,
    start() {
      monitor.start();
      monitor.onHealth(tell);
      subscribe();
      void poll();
      timer = setInterval(() => void poll(), POLL_MS).unref();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(timer);
      subscriber?.disconnect();
    },
  };
}

const NO_POOL = { max: 0, busy: 0, idle: 0, waiting: 0 };

function poolUse({ postgres, mongodb, redis, elasticsearch }: Databases, engine: Engine) {
  if (engine === "mongodb") return mongodb.pool();
  if (engine === "redis") return redis?.guard.use() ?? NO_POOL;
  if (engine === "elasticsearch") return elasticsearch?.guard.use() ?? NO_POOL;
  return postgres.stats().reduce(
    (sum, { max, busy, idle, waiting }) => ({
      max: sum.max + max,
      busy: sum.busy + busy,
      idle: sum.idle + idle,
      waiting: sum.waiting + waiting,
    }),
    NO_POOL,
  );
}

/** A probe that fails decides; otherwise what was measured does, while it is fresh. */
function combine(own: EngineHealth, report: EngineReport | null, isOld: boolean): EngineHealth {
  if (report && !isOld && report.health.status === "maintenance") return { ...report.health, ...seen(own) };
  if (!answers(own.status)) return own;
  // The sampler's probe may lag behind this process's own by some seconds; what it holds while an engine flaps counts.
  if (report && !isOld) return answers(report.reach) ? { ...report.health, ...seen(own) } : own;
  if (!isOld || own.status === "degraded") return own;
  const since = report?.at ?? null;
  const text = since
    ? `answers, but nobody has measured its load since ${since.slice(11, 16)} UTC: no worker samples`
    : "answers, but nobody measures its load: no worker samples";
  const reason = { signal: "sampler", text, value: null, limit: null, since: since ?? own.since ?? "", next: null };
  return { ...own, status: "stale", reason: text, reasons: [reason] };
}

function seen({ latency_ms, checked_at, version }: EngineHealth) {
  return { latency_ms, checked_at, version };
}

/** What the sampler published; null when it is something else. */
function parse(text: string): EngineReport | null {
  try {
    const value: unknown = JSON.parse(text);
    return isReport(value) ? value : null;
  } catch {
    return null;
  }
}

function isReport(value: unknown): value is EngineReport {
  const engines: readonly unknown[] = ENGINES;
  return typeof value === "object" && value !== null && "engine" in value && engines.includes(value.engine);
}
