// What the console may do to a cluster. Whoever calls has checked the names and read the target.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { z } from "zod";
import { ask } from "./ask";

const Ignored = z.unknown();

/** Answers whether a task of this name was there: for others the server says 200 and names a failure. */
export async function cancelTask(client: Client, id: string): Promise<boolean> {
  const path = `/_tasks/${encodeURIComponent(id)}/_cancel`;
  const shape = z.object({ node_failures: z.array(z.unknown()).default([]) });
  const { node_failures } = await ask(client, { method: "POST", path, timeoutMs: 5_000 }, shape);
  return node_failures.length === 0;
}

export async function retryAllocation(client: Client): Promise<void> {
  const query = { retry_failed: true, metric: "none" };
  await ask(client, { method: "POST", path: "/_cluster/reroute", query, timeoutMs: 10_000 }, Ignored);
}

export async function clearBlock(client: Client, index: string): Promise<void> {
  const body = { "index.blocks.read_only_allow_delete": null };
  await ask(client, { method: "PUT", path: `${pathOf(index)}/_settings`, body, timeoutMs: 10_000 }, Ignored);
}

const Shards = z.object({ _shards: z.object({ total: z.number(), successful: z.number(), failed: z.number() }) });

export type ShardsDone = z.output<typeof Shards>["_shards"];

export async function refreshIndex(client: Client, index: string): Promise<ShardsDone> {
  return (await ask(client, { method: "POST", path: `${pathOf(index)}/_refresh`, timeoutMs: 20_000 }, Shards))._shards;
}

/** So long a merge is waited for; the server goes on with it afterwards, and nothing can stop it. */
export const MERGE_WAIT_MS = 25_000;

export async function forceMerge(client: Client, index: string): Promise<ShardsDone> {
  const path = `${pathOf(index)}/_forcemerge`;
  const request = { method: "POST", path, query: { max_num_segments: 1 }, timeoutMs: MERGE_WAIT_MS } as const;
  return (await ask(client, request, Shards))._shards;
}

const Settings = z.record(z.string(), z.object({ settings: z.record(z.string(), z.unknown()).default({}) }));

export type IndexSettings = { uuid: string; floodBlock: boolean };

/** Of exactly this index: an alias or a pattern that answers for others is none. Null when there is no such index. */
export async function indexSettings(client: Client, index: string): Promise<IndexSettings | null> {
  const query = { flat_settings: true, expand_wildcards: "none", ignore_unavailable: true };
  const found = (await ask(client, { path: `${pathOf(index)}/_settings`, query }, Settings))[index];
  if (!found) return null;
  return {
    uuid: String(found.settings["index.uuid"] ?? ""),
    floodBlock: found.settings["index.blocks.read_only_allow_delete"] === "true",
  };
}

const Total = z.object({
  docs: z.object({ count: z.number() }).optional(),
  store: z.object({ size_in_bytes: z.number() }).optional(),
  refresh: z.object({ total: z.number() }).optional(),
  segments: z.object({ count: z.number() }).optional(),
  indexing: z.object({ index_current: z.number(), index_total: z.number() }).optional(),
});
const Stats = z.object({ _all: z.object({ total: Total, primaries: Total }) });

export type IndexStats = { docs: number; bytes: number; refreshes: number; segments: number; writing: number };

/** Of one index; never of all of them. */
export async function indexStats(client: Client, index: string): Promise<IndexStats> {
  const path = `${pathOf(index)}/_stats/docs,store,refresh,segments,indexing`;
  const { _all } = await ask(client, { path, query: { filter_path: "_all" } }, Stats);
  const { primaries, total } = _all;
  return {
    docs: primaries.docs?.count ?? 0,
    bytes: total.store?.size_in_bytes ?? 0,
    refreshes: primaries.refresh?.total ?? 0,
    segments: total.segments?.count ?? 0,
    writing: total.indexing?.index_current ?? 0,
  };
}

function pathOf(index: string): string {
  return `/${encodeURIComponent(index)}`;
}
