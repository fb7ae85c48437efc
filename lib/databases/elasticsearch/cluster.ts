// What Elasticsearch says of the whole cluster: its health, the health report, write blocks, waiting work, watermarks.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { z } from "zod";
import { ask } from "./ask";

const Health = z.object({
  cluster_name: z.string(),
  status: z.enum(["green", "yellow", "red"]),
  number_of_nodes: z.number(),
  number_of_data_nodes: z.number(),
  active_primary_shards: z.number(),
  active_shards: z.number(),
  relocating_shards: z.number(),
  initializing_shards: z.number(),
  unassigned_shards: z.number(),
  unassigned_primary_shards: z.number().nullish(),
  number_of_pending_tasks: z.number(),
  task_max_waiting_in_queue_millis: z.number(),
});

export type ClusterHealth = z.output<typeof Health>;

export function clusterHealth(client: Client): Promise<ClusterHealth> {
  return ask(client, { path: "/_cluster/health", query: { timeout: "2s" } }, Health);
}

const Impact = z.object({ description: z.string(), severity: z.number() });
const Diagnosis = z.object({ cause: z.string(), action: z.string() });

const Indicator = z.object({
  status: z.enum(["green", "yellow", "red", "unknown"]),
  symptom: z.string(),
  impacts: z.array(Impact).default([]),
  diagnosis: z.array(Diagnosis).default([]),
});

export type Indicator = z.output<typeof Indicator>;

const Report = z.object({ indicators: z.record(z.string(), Indicator) });

/** `verbose` adds impacts and diagnoses, and costs up to ten times as much. */
export async function healthReport(client: Client, verbose: boolean): Promise<Record<string, Indicator>> {
  const { indicators } = await ask(client, { path: "/_health_report", query: { verbose } }, Report);
  return indicators;
}

/** Every indicator a full distribution has. One that is absent says nothing: it is never green. */
export const INDICATORS = {
  master_is_stable: "Master is stable",
  shards_availability: "Shard availability",
  disk: "Disk",
  shards_capacity: "Shard capacity",
  repository_integrity: "Snapshot repositories",
  slm: "Snapshots",
  ilm: "Lifecycle",
  data_stream_lifecycle: "Data streams",
} as const;

export type IndicatorId = keyof typeof INDICATORS;

export const INDICATOR_IDS: readonly IndicatorId[] = [
  "master_is_stable",
  "shards_availability",
  "disk",
  "shards_capacity",
  "repository_integrity",
  "slm",
  "ilm",
  "data_stream_lifecycle",
];

const Blocks = z.object({
  blocks: z
    .object({
      global: z.record(z.string(), z.object({ description: z.string(), levels: z.array(z.string()) })).default({}),
      indices: z
        .record(z.string(), z.record(z.string(), z.object({ description: z.string(), levels: z.array(z.string()) })))
        .default({}),
    })
    .default({ global: {}, indices: {} }),
});

/** `flood` is the block the server sets itself when its disk is nearly full. `index` is null for the whole cluster. */
export type WriteBlock = { index: string | null; flood: boolean; why: string };

const FLOOD_BLOCK = "12";

/** Every block that keeps writes out. */
export async function writeBlocks(client: Client): Promise<WriteBlock[]> {
  const { blocks } = await ask(client, { path: "/_cluster/state/blocks" }, Blocks);
  const listed: [string | null, (typeof blocks)["global"]][] = [
    [null, blocks.global],
    ...Object.entries(blocks.indices),
  ];
  return listed.flatMap(([index, held]) =>
    Object.entries(held)
      .filter(([, { levels }]) => levels.includes("write"))
      .map(([id, { description }]) => ({ index, flood: id === FLOOD_BLOCK, why: description })),
  );
}

const Pending = z.object({
  tasks: z.array(
    z.object({ priority: z.string(), source: z.string(), executing: z.boolean(), time_in_queue_millis: z.number() }),
  ),
});

export type PendingTask = z.output<typeof Pending>["tasks"][number];

export async function pendingTasks(client: Client): Promise<PendingTask[]> {
  return (await ask(client, { path: "/_cluster/pending_tasks" }, Pending)).tasks;
}

const Flat = z.record(z.string(), z.unknown());
const Settings = z.object({ defaults: Flat, persistent: Flat, transient: Flat }).partial();

export type Watermarks = { enabled: boolean; low: string; high: string; flood: string };

/** The marks in force; switched off, a full disk stops nothing until it is really full. */
export async function watermarks(client: Client): Promise<Watermarks> {
  // Nested, a mark that was set and one that was not differ in shape; flat they do not.
  const query = { include_defaults: true, flat_settings: true, filter_path: "*.cluster*allocation*disk*" };
  const { defaults, persistent, transient } = await ask(client, { path: "/_cluster/settings", query }, Settings);
  const all = { ...defaults, ...persistent, ...transient };
  const read = (name: string) => String(all[`cluster.routing.allocation.disk.${name}`] ?? "");
  return {
    enabled: read("threshold_enabled") !== "false",
    low: read("watermark.low"),
    high: read("watermark.high"),
    flood: read("watermark.flood_stage"),
  };
}

const Master = z.array(z.object({ node: z.string() }));

export async function masterNode(client: Client): Promise<string> {
  const [master] = await ask(client, { path: "/_cat/master", query: { format: "json" } }, Master);
  return master?.node ?? "";
}
