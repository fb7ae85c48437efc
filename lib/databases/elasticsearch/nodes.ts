// What each node says of itself: heap, queues, breakers, disk, and the counters of searching and indexing.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { z } from "zod";
import { ask } from "./ask";

const Pool = z.object({ threads: z.number(), queue: z.number(), active: z.number(), rejected: z.number() });
const Breaker = z.object({
  limit_size_in_bytes: z.number(),
  estimated_size_in_bytes: z.number(),
  tripped: z.number(),
});
const Path = z.object({
  total_in_bytes: z.number(),
  available_in_bytes: z.number(),
  low_watermark_free_space_in_bytes: z.number().nullish(),
  high_watermark_free_space_in_bytes: z.number().nullish(),
  flood_stage_free_space_in_bytes: z.number().nullish(),
});
const Rejections = z.object({
  coordinating_rejections: z.number(),
  primary_rejections: z.number(),
  replica_rejections: z.number(),
});

const Node = z.object({
  name: z.string(),
  jvm: z.object({
    mem: z.object({ heap_used_percent: z.number(), heap_used_in_bytes: z.number(), heap_max_in_bytes: z.number() }),
    gc: z.object({ collectors: z.record(z.string(), z.object({ collection_time_in_millis: z.number() })) }),
  }),
  os: z.object({ cpu: z.object({ percent: z.number() }) }),
  thread_pool: z.record(z.string(), Pool),
  breakers: z.record(z.string(), Breaker),
  indexing_pressure: z.object({ memory: z.object({ total: Rejections }) }),
  // A node that may hold no data has no data path.
  fs: z.object({ data: z.array(Path) }).optional(),
  indices: z
    .object({
      docs: z.object({ count: z.number() }),
      store: z.object({ size_in_bytes: z.number() }),
      indexing: z.object({ index_total: z.number(), index_time_in_millis: z.number(), index_failed: z.number() }),
      search: z.object({
        query_total: z.number(),
        query_time_in_millis: z.number(),
        fetch_time_in_millis: z.number(),
      }),
      segments: z.object({ count: z.number() }),
    })
    .optional(),
});

export type NodeStats = z.output<typeof Node>;

const Stats = z.object({ nodes: z.record(z.string(), Node) });

/** Only what is used: about 3 kB a node in place of 40. */
const FIELDS = [
  "name",
  "jvm.mem.heap_*",
  "jvm.gc",
  "os.cpu.percent",
  "thread_pool.*",
  "breakers",
  "indexing_pressure.memory.total",
  "fs.data",
  "indices.docs",
  "indices.store",
  "indices.indexing",
  "indices.search",
  "indices.segments.count",
].map((field) => `nodes.*.${field}`);

export async function nodeStats(client: Client): Promise<Record<string, NodeStats>> {
  const path = "/_nodes/stats/jvm,fs,os,thread_pool,breaker,indexing_pressure,indices";
  return (await ask(client, { path, query: { filter_path: FIELDS.join(",") } }, Stats)).nodes;
}

const Info = z.object({
  nodes: z.record(
    z.string(),
    z.object({ name: z.string(), version: z.string(), jvm: z.object({ start_time_in_millis: z.number() }) }),
  ),
});

export type NodeInfo = z.output<typeof Info>["nodes"][string];

export async function nodeInfo(client: Client): Promise<Record<string, NodeInfo>> {
  const filter = "nodes.*.name,nodes.*.version,nodes.*.jvm.start_time_in_millis";
  return (await ask(client, { path: "/_nodes/jvm", query: { filter_path: filter } }, Info)).nodes;
}

/** The fullest data path of a node; bytes as the server has them, the marks as free space. */
export type Disk = { total: number; available: number; low: number; high: number; flood: number };

export function diskOf({ fs }: Pick<NodeStats, "fs">): Disk | null {
  const [fullest] = [...(fs?.data ?? [])].sort((a, b) => a.available_in_bytes - b.available_in_bytes);
  if (!fullest) return null;
  return {
    total: fullest.total_in_bytes,
    available: fullest.available_in_bytes,
    low: fullest.low_watermark_free_space_in_bytes ?? 0,
    high: fullest.high_watermark_free_space_in_bytes ?? 0,
    flood: fullest.flood_stage_free_space_in_bytes ?? 0,
  };
}
