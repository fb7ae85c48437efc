// Every minute: cache, latencies, queues, replication. Whatever section is absent is named as not reported.
import "server-only";
import type { Reading } from "../collector";
import type { Blind, Values } from "../schema";
import { ROLES, asked, notReported } from "./blind";
import { generationOf } from "./collect-live";
import { at, documentAt, numberAt, sum } from "./documents";
import { type Latencies, latenciesOf, meanSince } from "./latencies";
import { replica } from "./replica";
import type { Document, MongoWatch } from "./watch";

/** Nested sections take booleans; numbers are refused. */
const SECTIONS = {
  serverStatus: 1,
  none: 1,
  opcounters: true,
  opLatencies: true,
  wiredTiger: true,
  queues: true,
  globalLock: true,
  asserts: true,
  transactions: true,
  flowControl: true,
  mem: true,
  metrics: true,
};

export function createStatsPass(watch: MongoWatch): () => Promise<Reading> {
  let before: Latencies | null = null;
  return async () => {
    const [status, set] = await Promise.all([
      asked(watch, "server statistics", ROLES.monitor, () => watch.command("admin", SECTIONS)),
      replica(watch),
    ]);
    const server = status.ok ? status.value : {};
    const now = latenciesOf(server, generationOf(server));
    const means = meanSince(before, now);
    before = now;
    const lags = set.members.flatMap(({ lag_s }) => lag_s ?? []);
    return {
      gauges: {
        ...means,
        ...cacheOf(server),
        tickets_queued: ticketQueue(server),
        cursors_open: numberAt(server, "metrics", "cursor", "open", "total"),
        transactions_open: numberAt(server, "transactions", "currentOpen"),
        memory: megabytes(numberAt(server, "mem", "resident")),
        flow_control: yes(at(server, "flowControl", "isLagged")),
        members_down: set.set === null ? null : set.members.filter((member) => !member.is_in_service).length,
        lag_s: lags.length > 0 ? Math.max(...lags) : null,
        oplog_s: set.oplog_s,
      },
      counters: countersOf(server),
      generation: generationOf(server),
      facts: {},
      blind: [...(status.ok ? absent(server, now) : [status.blind]), ...set.blind],
      rows: 2 + set.members.length,
    };
  };
}

const CACHE = ["wiredTiger", "cache"] as const;

function cacheOf(server: Document): Values {
  const figure = (name: string) => numberAt(server, ...CACHE, name);
  const limit = figure("maximum bytes configured");
  const share = (bytes: number | null) => (bytes !== null && limit ? (bytes / limit) * 100 : null);
  const used = figure("bytes currently in the cache");
  return {
    cache_bytes: used,
    cache_limit: limit,
    cache_used: share(used),
    cache_dirty: share(figure("tracked dirty bytes in the cache")),
  };
}

/** Since 8.0 in `queues`; before, what is not available of the tickets says nothing of who waits. */
function ticketQueue(server: Document): number | null {
  const queued = (kind: string) => numberAt(server, "queues", "execution", kind, "normalPriority", "queueLength");
  return sum([queued("read"), queued("write")]);
}

function countersOf(server: Document): Record<string, number | null> {
  const cache = (name: string) => numberAt(server, ...CACHE, name);
  const metric = (...path: string[]) => numberAt(server, "metrics", ...path);
  const assert = (name: string) => numberAt(server, "asserts", name);
  const waited = cache("application thread time evicting (usecs)");
  return {
    // Microseconds per second of one thread, as a percentage.
    eviction_wait: waited === null ? null : waited / 10_000,
    cache_reads: cache("application thread page read from disk to cache count") ?? cache("pages read into cache"),
    cache_evicted: sum([cache("unmodified pages evicted"), cache("modified pages evicted")]),
    cursors_timed_out: metric("cursor", "timedOut"),
    documents_examined: metric("queryExecutor", "scannedObjects"),
    documents_returned: metric("document", "returned"),
    full_scans: metric("queryExecutor", "collectionScans", "total"),
    over_time_limit: metric("operation", "killedDueToMaxTimeMSExpired"),
    write_conflicts: metric("operation", "writeConflicts"),
    asserts: sum([assert("regular"), assert("msg"), assert("tripwire")]),
    asserts_user: assert("user"),
  };
}

/** Sections a complete server has; one that lacks them says so here and shows no figure. */
function absent(server: Document, latencies: Latencies): Blind[] {
  const blind: Blind[] = [];
  if (!latencies.isKept) blind.push(notReported("latency of operations", NOT_KEPT));
  if (ticketQueue(server) === null) blind.push(notReported("tickets"));
  if (!documentAt(server, ...CACHE)) blind.push(notReported("cache"));
  if (!documentAt(server, "flowControl")) blind.push(notReported("flow control"));
  return blind;
}

const NOT_KEPT = "Not reported by this server: its sums stay at 0 while operations run.";

function megabytes(value: number | null): number | null {
  return value === null ? null : value * 1024 ** 2;
}

function yes(value: unknown): number | null {
  return typeof value === "boolean" ? Number(value) : null;
}
