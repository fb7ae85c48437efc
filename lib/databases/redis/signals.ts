// What is measured of Redis and where it begins to hurt; the numbers are those of the reference catalogue.
import "server-only";
import { type Limit, signalsOf } from "../signal";
import type { Values } from "../schema";

const KB = 1024;
const MB = KB * 1024;

const warn = (limit: Omit<Limit, "severity" | "degrades" | "source">, source = "own"): Limit[] => [
  { severity: "warn", degrades: true, source, ...limit },
];
const critical = (limit: Omit<Limit, "severity" | "degrades" | "source">, source = "own"): Limit[] => [
  { severity: "critical", degrades: true, source, ...limit },
];
/** Worth an alert, no reason to call the engine unwell. */
const advice = (limit: Omit<Limit, "severity" | "degrades" | "source">, source = "own"): Limit[] => [
  { severity: "warn", degrades: false, source, ...limit },
];
/** Something that is so or is not. */
const YES = { over: 1, clear: 1 };
/** More than one in ten seconds, seen in two passes in a row. */
const REPEATED = { over: 0.1, clear: 0.1, forS: 5 };
const EVER = { over: 0.001, clear: 0.001, forS: 0 };

const of = (values: Values, id: string) => values[id] ?? null;

export const SIGNALS = signalsOf("redis", [
  { id: "answer_ms", label: "Answer time", unit: "ms", everyS: 10 },
  {
    id: "memory_percent",
    label: "Memory used of the limit",
    unit: "percent",
    everyS: 10,
    limits: [
      ...warn({ over: 90, clear: 80, forS: 120 }, "awesome-alerts"),
      ...critical({ over: 100, clear: 95, forS: 20 }),
    ],
    says: (shown) => `Memory is full: ${shown} of its limit is used`,
    impact: "Keys are evicted, or writes are refused, as its policy says.",
    next: "Look for the largest keys and patterns, or raise maxmemory.",
  },
  {
    id: "memory_percent_noeviction",
    label: "Memory used where nothing may be evicted",
    unit: "percent",
    everyS: 10,
    limits: [...warn({ over: 80, clear: 70, forS: 60 }), ...critical({ over: 95, clear: 90, forS: 5 })],
    says: (shown) => `Memory is ${shown} of its limit and the policy noeviction frees nothing`,
    impact: "At the limit every write is refused; reads go on.",
    next: "Delete keys, raise maxmemory, or choose an eviction policy.",
  },
  {
    id: "refused_writes",
    label: "Writes refused for want of memory",
    unit: "per_s",
    everyS: 10,
    limits: critical(EVER),
    says: (shown, values) => `Writes are refused: memory is full (${shown}${policy(values)})`,
    impact: "The console cannot cache or limit rates; it reads from PostgreSQL instead.",
    next: "Delete keys, or raise maxmemory.",
  },
  {
    id: "evicted",
    label: "Keys evicted before their time",
    unit: "per_s",
    everyS: 10,
    limits: warn(REPEATED),
    says: (shown) => `Memory is full: keys are evicted before their time (${shown})`,
    impact: "What was cached is computed again.",
    next: "Raise maxmemory, or store less.",
  },
  {
    id: "over_limit_ms",
    label: "Time over the memory limit",
    unit: "ms",
    everyS: 10,
    limits: warn({ over: 1, clear: 1, forS: 60 }),
    says: (shown) => `Eviction cannot bring memory under its limit since ${shown}`,
    impact: "Writes are refused.",
    next: "Raise maxmemory: the limit may be below what the server needs for itself.",
  },
  { id: "memory_used", label: "Memory used", unit: "bytes", everyS: 10 },
  { id: "memory_limit", label: "Memory limit", unit: "bytes", everyS: 10 },
  { id: "memory_peak", label: "Memory used at most", unit: "bytes", everyS: 10 },
  { id: "memory_rss", label: "Memory taken from the host", unit: "bytes", everyS: 10 },
  { id: "fragmentation", label: "Fragmentation of the allocator", unit: "ratio", everyS: 10 },
  {
    id: "fragmented_bytes",
    label: "Memory lost to fragmentation",
    unit: "bytes",
    everyS: 10,
    limits: advice({ over: 10 * MB, clear: 8 * MB, forS: 600 }, "MEMORY DOCTOR"),
    says: (shown) => `${shown} of memory are lost to fragmentation`,
    next: "Purge memory at a quiet hour.",
  },
  {
    id: "hit_ratio",
    label: "Hit ratio of the last 5 min",
    unit: "percent",
    everyS: 10,
    // fewer than 10 in its window of 5 min
    isIdle: ({ hits, misses }) => typeof hits === "number" && typeof misses === "number" && hits + misses < 1 / 30,
    limits: advice({ under: 50, clear: 60, forS: 900 }),
    says: (shown) => `Only ${shown} of look-ups find their key`,
    next: "Look whether keys are evicted or live too short.",
  },
  { id: "commands", label: "Commands", unit: "per_s", everyS: 10 },
  { id: "hits", label: "Look-ups that found their key", unit: "per_s", everyS: 10 },
  { id: "misses", label: "Look-ups that found nothing", unit: "per_s", everyS: 10 },
  { id: "expired", label: "Keys expired", unit: "per_s", everyS: 10 },
  { id: "errors", label: "Answers that were errors", unit: "per_s", everyS: 10 },
  { id: "net_in", label: "Received", unit: "bytes_per_s", everyS: 10 },
  { id: "net_out", label: "Sent", unit: "bytes_per_s", everyS: 10 },
  {
    id: "cpu_percent",
    label: "CPU of the main thread",
    unit: "percent",
    everyS: 10,
    limits: warn({ over: 80, clear: 70, forS: 300 }),
    says: (shown) => `The main thread uses ${shown} of a core`,
    impact: "All commands share that thread, so every client waits.",
    next: "Look at the slow log and the commands by share of time.",
  },
  { id: "clients", label: "Clients", unit: "count", everyS: 10 },
  {
    id: "clients_percent",
    label: "Clients of the limit",
    unit: "percent",
    everyS: 10,
    limits: warn({ over: 90, clear: 80, forS: 60 }, "awesome-alerts"),
    says: (shown, values) => `${of(values, "clients") ?? "–"} clients are ${shown} of maxclients`,
    impact: "New connections are refused when it is full.",
    next: "End idle connections, or raise maxclients.",
  },
  {
    id: "rejected",
    label: "Connections refused",
    unit: "per_s",
    everyS: 10,
    limits: critical(EVER, "Netdata"),
    says: (shown) => `Connections are refused: maxclients is reached (${shown})`,
    next: "End idle connections, or raise maxclients.",
  },
  { id: "blocked", label: "Clients that wait for a key", unit: "count", everyS: 10 },
  {
    id: "slow_consumers",
    label: "Clients cut off for a full buffer",
    unit: "per_s",
    everyS: 10,
    limits: advice(EVER),
    says: (shown) => `Clients that read too slowly are cut off (${shown})`,
  },
  { id: "slow_commands", label: "Commands in the slow log", unit: "per_s", everyS: 10 },
  {
    id: "slowest_ms",
    label: "Slowest command of the last minute",
    unit: "ms",
    everyS: 10,
    limits: warn({ over: 250, clear: 250, forS: 0 }),
    says: (shown) => `A slow command held all clients for ${shown}`,
    impact: "One command runs at a time, so every client waited.",
    next: "Look at the slow log.",
  },
  { id: "loading_percent", label: "Data loaded", unit: "percent", everyS: 10 },
  {
    id: "snapshot_failed",
    label: "Last snapshot failed",
    unit: "yes",
    everyS: 10,
    limits: critical({ ...YES, forS: 0 }),
    says: () => "The last snapshot could not be written to disk",
    impact: "Writes may be refused (MISCONF), and a restart loses what is not on disk.",
    next: "Look at the disk of the server; the next good snapshot clears it.",
  },
  {
    id: "append_failed",
    label: "Append file cannot be written",
    unit: "yes",
    everyS: 10,
    limits: critical({ ...YES, forS: 0 }),
    says: () => "The append-only file could not be written to disk",
    impact: "Writes are refused, and a restart loses what is not on disk.",
    next: "Look at the disk of the server.",
  },
  {
    id: "unsaved_s",
    label: "Changes not on disk for",
    unit: "s",
    everyS: 10,
    limits: advice({ over: 172_800, clear: 172_800, forS: 0 }, "awesome-alerts"),
    says: (shown) => `Changes of ${shown} are in no snapshot`,
  },
  {
    id: "fork_ms",
    label: "Last fork",
    unit: "ms",
    everyS: 10,
    limits: advice({ over: 500, clear: 500, forS: 0 }),
    says: (shown) => `The last fork held all clients for ${shown}`,
  },
  { id: "replicas", label: "Replicas", unit: "count", everyS: 10 },
  { id: "replica_lag_bytes", label: "Replica behind", unit: "bytes", everyS: 10 },
  {
    id: "link_down",
    label: "Link to the primary is down",
    unit: "yes",
    everyS: 10,
    limits: critical({ ...YES, forS: 0 }, "Netdata"),
    says: () => "The link to the primary is down",
    impact: "This replica answers with old data.",
  },
  {
    id: "full_copies",
    label: "Full copies to replicas",
    unit: "per_s",
    everyS: 60,
    limits: advice(EVER),
    says: () => "A replica copies all data anew",
  },
  { id: "keys", label: "Keys", unit: "count", everyS: 60 },
  { id: "keys_lasting", label: "Keys without an end", unit: "count", everyS: 60 },
  { id: "dataset_bytes", label: "Memory of the data", unit: "bytes", everyS: 60 },
  { id: "client_bytes", label: "Memory of client buffers", unit: "bytes", everyS: 60 },
  {
    id: "client_bytes_max",
    label: "Largest client",
    unit: "bytes",
    everyS: 60,
    limits: advice({ over: 32 * MB, clear: 16 * MB, forS: 60 }),
    says: (shown) => `One client holds ${shown} of buffers`,
    next: "Look at the clients; one of them reads too slowly.",
  },
  { id: "clients_idle", label: "Clients idle for an hour", unit: "count", everyS: 60 },
  { id: "refused_calls", label: "Calls refused", unit: "per_s", everyS: 60 },
  { id: "latency_event_ms", label: "Longest latency event of the last minute", unit: "ms", everyS: 60 },
  { id: "access_denials", label: "Refused accesses in the log", unit: "count", everyS: 900 },
]);

/** Which policy, as far as the values tell. */
function policy(values: Values): string {
  return (of(values, "memory_percent_noeviction") ?? 0) > 0 ? ", policy noeviction" : "";
}
