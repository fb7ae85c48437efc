// What is measured of Elasticsearch. Its status is the worst of cluster health, health report and write blocks: each is
// green in some state in which another is red.
import "server-only";
import type { Values } from "../schema";
import { type Limit, signalsOf } from "../signal";
import { INDICATORS, INDICATOR_IDS } from "./cluster";

const OWN = { source: "own", degrades: true };
const HELD: Limit = { severity: "critical", over: 1, clear: 1, forS: 0, ...OWN };

const SHAPE = [
  { id: "answer_ms", label: "Answer time", unit: "ms", everyS: 10 },
  {
    id: "red",
    label: "Cluster is red",
    unit: "yes",
    everyS: 10,
    limits: [{ ...HELD, source: "Elasticsearch" }],
    says: (_: string, values: Record<string, number | null>) =>
      `${countOf(values.unassigned_primaries, "primary shard has", "primary shards have")} no home: the cluster is red`,
    impact: "What is in these shards can be neither found nor written.",
    next: "See which shard and why under Shards, and give it a node it may live on.",
  },
  {
    id: "yellow",
    label: "Copies are missing",
    unit: "yes",
    everyS: 10,
    limits: [{ severity: "warn", over: 1, clear: 1, forS: 600, degrades: true, source: "Netdata" }],
    says: (_: string, values: Record<string, number | null>) =>
      `${countOf(values.unassigned, "copy of a shard has", "copies of shards have")} no home: the cluster is yellow`,
    impact: "Everything can be found. When one more node leaves, some of it cannot.",
    next: "Bring back the node that left, or lower the number of copies.",
  },
  { id: "unassigned_primaries", label: "Primaries without a home", unit: "count", everyS: 10 },
  { id: "unassigned", label: "Shards without a home", unit: "count", everyS: 10 },
  { id: "shards_active", label: "Shards in use", unit: "count", everyS: 10 },
  { id: "relocating", label: "Shards moving", unit: "count", everyS: 10 },
  { id: "nodes", label: "Nodes", unit: "count", everyS: 10 },
  {
    id: "write_blocks",
    label: "Indices that take no writes",
    unit: "count",
    everyS: 10,
    limits: [HELD],
    says: (_: string, values: Record<string, number | null>) =>
      (values.flood_blocks ?? 0) > 0
        ? `${countOf(values.flood_blocks, "index takes", "indices take")} no writes: flood-stage block, set when a disk is nearly full`
        : `${countOf(values.write_blocks, "index takes", "indices take")} no writes: a block is set`,
    impact: "Changes are saved, but search does not show them until the block is gone.",
    next: "Free disk until no node is over its flood stage, then clear the block.",
  },
  { id: "flood_blocks", label: "Indices blocked by a full disk", unit: "count", everyS: 10 },
  {
    id: "pending_tasks",
    label: "Cluster changes that wait",
    unit: "count",
    everyS: 10,
    limits: [{ severity: "warn", over: 1, clear: 1, forS: 900, degrades: false, source: "awesome-alerts" }],
    says: (shown: string) => `${shown} changes of the cluster wait for the master`,
    next: "See under Tasks what they are and which one is being done.",
  },
  { id: "pending_wait_ms", label: "Longest wait of a cluster change", unit: "ms", everyS: 10 },
] as const;

/** 0 green, 1 yellow, 2 red; an indicator the server lacks is not measured at all. */
const REPORT = INDICATOR_IDS.map((id) => ({
  id: `report_${id}`,
  label: `Health report: ${INDICATORS[id]}`,
  unit: "count" as const,
  everyS: 60 as const,
  limits: [
    { severity: "critical", over: 2, clear: 2, forS: 0, degrades: true, source: "Elasticsearch" },
    { severity: "warn", over: 1, clear: 1, forS: 600, degrades: true, source: "Elasticsearch" },
  ] as const,
  says: (shown: string) =>
    `the health report says ${shown === "2" ? "red" : "yellow"} of ${INDICATORS[id].toLowerCase()}`,
  next: "Open the health report: it names the cause and what to do.",
}));

const LOAD = [
  { id: "heap_percent", label: "Heap now", unit: "percent", everyS: 60 },
  {
    id: "heap_floor_percent",
    label: "Heap after collection",
    unit: "percent",
    everyS: 60,
    limits: [
      { severity: "warn", over: 85, clear: 75, forS: 0, degrades: true, source: "Kibana" },
      { severity: "critical", over: 95, clear: 85, forS: 0, degrades: true, source: "own" },
    ],
    says: (shown: string) => `heap never fell under ${shown} in 5 min`,
    impact: "Searches and writes are refused to protect the node, and it may stop.",
    next: "Look for heavy searches under Tasks, then give the node more heap.",
  },
  {
    id: "gc_percent",
    label: "Time spent collecting garbage",
    unit: "percent",
    everyS: 60,
    limits: [{ severity: "warn", over: 10, clear: 5, forS: 300, degrades: false, source: "own" }],
    says: (shown: string) => `${shown} of the time goes into collecting garbage`,
    next: "Look for heavy searches under Tasks, then give the node more heap.",
  },
  {
    id: "cpu_percent",
    label: "Processor",
    unit: "percent",
    everyS: 60,
    limits: [{ severity: "warn", over: 85, clear: 75, forS: 300, degrades: false, source: "Kibana" }],
    says: (shown: string) => `the processor of a node is at ${shown}`,
    impact: "Searches and writes take longer.",
    next: "Look for heavy searches under Tasks, then for what else runs on its machine.",
  },
  { id: "disk_used_percent", label: "Disk used", unit: "percent", everyS: 60 },
  { id: "disk_free_bytes", label: "Disk available", unit: "bytes", everyS: 60 },
  {
    id: "disk_over_low",
    label: "Disk over its low watermark",
    unit: "yes",
    everyS: 60,
    limits: [{ severity: "warn", over: 1, clear: 1, forS: 60, degrades: true, source: "Elasticsearch" }],
    says: (_: string, values: Record<string, number | null>) =>
      `a disk is over its low watermark: ${Math.round(values.disk_used_percent ?? 0)} % used`,
    impact: "No new copies are placed on this node.",
    next: "Free disk or add a node before the flood stage stops all writes.",
  },
  {
    id: "disk_over_flood",
    label: "Disk over its flood stage",
    unit: "yes",
    everyS: 60,
    limits: [HELD],
    says: (_: string, values: Record<string, number | null>) =>
      `a disk is over its flood stage: ${Math.round(values.disk_used_percent ?? 0)} % used`,
    impact: "Every index with a shard on this node takes no writes.",
    next: "Free disk at once; the block lifts by itself below the high watermark.",
  },
  { id: "search_queue", label: "Searches that wait", unit: "count", everyS: 60 },
  { id: "write_queue", label: "Writes that wait", unit: "count", everyS: 60 },
  {
    id: "searches_rejected",
    label: "Searches refused",
    unit: "per_s",
    everyS: 60,
    ...refused("searches are refused", "the queue is full"),
  },
  {
    id: "writes_rejected",
    label: "Writes refused",
    unit: "per_s",
    everyS: 60,
    ...refused("writes are refused", "the queue is full"),
  },
  {
    id: "pressure_rejected",
    label: "Writes refused for memory",
    unit: "per_s",
    everyS: 60,
    ...refused("writes are refused", "too many bytes are on their way"),
  },
  {
    id: "breaker_trips",
    label: "Breaker trips",
    unit: "per_s",
    everyS: 60,
    limits: [{ severity: "warn", over: 0.001, clear: 0.001, forS: 0, degrades: true, source: "own" }],
    says: (_: string, values: Record<string, number | null>) =>
      `requests needed more memory than there is: ${perMinute(values.breaker_trips)} stopped in a minute`,
    next: "Look for searches over very many values under Tasks.",
  },
  { id: "search_rate", label: "Searches", unit: "per_s", everyS: 60 },
  {
    id: "search_ms",
    label: "Search time, mean per shard",
    unit: "ms",
    everyS: 60,
    isIdle: ({ search_rate: rate }: Values) => rate === 0,
    limits: [{ severity: "warn", over: 1_000, clear: 500, forS: 300, degrades: false, source: "awesome-alerts" }],
    says: (shown: string) => `a search takes ${shown} per shard on average`,
    next: "Look for heavy searches under Tasks, and at heap and processor.",
  },
  { id: "index_rate", label: "Entries indexed", unit: "per_s", everyS: 60 },
  { id: "index_ms", label: "Index time, mean per entry", unit: "ms", everyS: 60 },
  { id: "index_failed", label: "Entries that could not be indexed", unit: "per_s", everyS: 60 },
  { id: "segments", label: "Segments", unit: "count", everyS: 60 },
] as const;

const OBJECTS = [
  { id: "indices", label: "Indices", unit: "count", everyS: 900 },
  { id: "documents", label: "Entries", unit: "count", everyS: 900 },
  { id: "store_bytes", label: "Size of all indices", unit: "bytes", everyS: 900 },
  {
    id: "largest_shard_bytes",
    label: "Largest shard",
    unit: "bytes",
    everyS: 900,
    limits: [
      { severity: "warn", over: 55 * 1024 ** 3, clear: 50 * 1024 ** 3, forS: 0, degrades: false, source: "Kibana" },
    ],
    says: (shown: string) => `the largest shard is ${shown}`,
    impact: "It takes long to move when a node leaves.",
    next: "Split the index into more shards when it is next rebuilt.",
  },
  { id: "undesired_shards", label: "Shards on another node than wanted", unit: "count", everyS: 900 },
] as const;

/** Any refusal counts; 300 in five minutes are Kibana's alarm. */
function refused(what: string, why: string) {
  return {
    limits: [
      { severity: "warn", over: 0.001, clear: 0.001, forS: 0, degrades: true, source: "own" },
      { severity: "critical", over: 1, clear: 0.5, forS: 300, degrades: true, source: "Kibana" },
    ] as const,
    says: (shown: string) => `${what}, ${shown.replace(" /s", " a second")}: ${why}`,
    next: "Find who sends so many, under Tasks, or add a node.",
  };
}

function perMinute(rate: number | null | undefined): number {
  return Math.max(1, Math.round((rate ?? 0) * 60));
}

function countOf(value: number | null | undefined, one: string, many: string): string {
  return value === null || value === undefined ? `some ${many}` : `${value} ${value === 1 ? one : many}`;
}

export const SIGNALS = signalsOf("elasticsearch", [...SHAPE, ...REPORT, ...LOAD, ...OBJECTS]);
