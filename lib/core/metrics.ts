// What this process counts and times, for Prometheus. Labels are bounded: never an id, a text or an address.
import "server-only";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

/** Few, because each costs a line per combination of labels. */
const CALL_BUCKETS = [0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 5];
const REQUEST_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** The event loop's delay is sampled by a timer; the default of 10 ms would wake an idle process a hundred times a second. */
const LOOP_SAMPLE_MS = 50;

function build() {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const timer = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const counter = (name: string, help: string, label: string, values: readonly string[]) => {
    const made = new Counter({ name, help, labelNames: [label], registers });
    // A rate needs a first value to start from.
    for (const value of values) made.inc({ [label]: value }, 0);
    return made;
  };
  return {
    registry,
    requests: timer(
      "http_request_duration_seconds",
      "Time until an answer was sent; event streams are left out.",
      ["route", "method", "status"],
      REQUEST_BUCKETS,
    ),
    operations: timer(
      "operation_duration_seconds",
      "Time of an operation, by what became of it (ok or the code of its failure).",
      ["action", "outcome"],
      REQUEST_BUCKETS,
    ),
    calls: timer(
      "database_query_duration_seconds",
      "Time of a statement or call of the console, monitoring left out.",
      ["database"],
      CALL_BUCKETS,
    ),
    cache: counter("cache_requests_total", "Reads of the cache.", "result", ["hit", "miss", "unavailable"]),
    limits: counter("rate_limit_decisions_total", "Tries counted by rate limits.", "decision", ["allowed", "refused"]),
    gauges: {
      build: gauge("quadrant_build_info", "The version that runs; always 1.", ["version"]),
      up: gauge("database_up", "Whether this process reaches the engine.", ["database"]),
      status: gauge("database_status", "1 for the status the engine has, 0 for the others.", ["database", "status"]),
      probe: gauge("database_probe_duration_seconds", "Answer time of the last probe.", ["database"]),
      pool: gauge(
        "database_connection_pool_size",
        "Places of this process's pools: busy, idle, and callers waiting for one.",
        ["database", "pool", "state"],
      ),
      breaker: gauge("circuit_breaker_state", "0 closed, 1 half-open, 2 open.", ["database"]),
      signal: gauge("database_signal", "The newest sampled value of a signal of the catalogue.", [
        "database",
        "signal",
        "unit",
      ]),
      sampleAge: gauge("database_sample_age_seconds", "Time since the engine was last sampled.", ["database"]),
      collection: gauge(
        "database_collection_duration_seconds",
        "What the last pass of the sampler took, by the interval of its tier.",
        ["database", "every"],
      ),
      limitsPassed: gauge("database_limits_passed", "Limits that are passed and hold, by severity.", [
        "database",
        "severity",
      ]),
      outboxLag: gauge("outbox_lag_seconds", "Age of the oldest change the search index has not followed."),
      outboxPending: gauge("outbox_pending", "Changes the search index has not followed."),
      workerAge: gauge("worker_heartbeat_age_seconds", "Time since the newest heartbeat of any worker."),
    },
    isProcessWatched: false,
  };
}

export type Metrics = ReturnType<typeof build>;

// Next bundles this module several times per process: one set for all.
const holder: typeof globalThis & { quadrantMetrics?: Metrics } = globalThis;

export function metrics(): Metrics {
  holder.quadrantMetrics ??= build();
  return holder.quadrantMetrics;
}

/** Memory, CPU, garbage collection and event loop of the process; whoever is never scraped never pays for it. */
export function watchProcess(): void {
  const all = metrics();
  if (all.isProcessWatched) return;
  all.isProcessWatched = true;
  collectDefaultMetrics({ register: all.registry, eventLoopMonitoringPrecision: LOOP_SAMPLE_MS });
}
