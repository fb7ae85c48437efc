// Indices, their copies and aliases, and why a copy has no home.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { z } from "zod";
import { ask } from "./ask";

/** `_cat` answers text, or null where it does not apply. */
const Text = z.string().nullish();
const Count = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? null : Number(value)));

const COLUMNS = [
  ...["index", "uuid", "health", "status", "pri", "rep", "docs.count", "docs.deleted", "store.size"],
  ...["segments.count", "refresh.total", "refresh.time", "merges.total", "merges.total_time"],
  ...["search.query_total", "indexing.index_total"],
];

const IndexRow = z.object({
  index: z.string(),
  uuid: z.string(),
  health: Text,
  status: z.string(),
  pri: Count,
  rep: Count,
  "docs.count": Count,
  "docs.deleted": Count,
  "store.size": Count,
  "segments.count": Count,
  "refresh.total": Count,
  "refresh.time": Count,
  "merges.total": Count,
  "merges.total_time": Count,
  "search.query_total": Count,
  "indexing.index_total": Count,
});

export type IndexRow = z.output<typeof IndexRow>;

const CAT = { format: "json", bytes: "b", time: "ms" };

export function catIndices(client: Client): Promise<IndexRow[]> {
  const query = { ...CAT, h: COLUMNS.join(","), s: "index" };
  return ask(client, { path: "/_cat/indices", query }, z.array(IndexRow));
}

const ShardRow = z.object({
  index: z.string(),
  shard: Count,
  prirep: z.enum(["p", "r"]),
  state: z.string(),
  node: Text,
  store: Count,
  "unassigned.reason": Text,
  "unassigned.at": Text,
});

export type ShardRow = z.output<typeof ShardRow>;

export function catShards(client: Client): Promise<ShardRow[]> {
  const h = "index,shard,prirep,state,node,store,unassigned.reason,unassigned.at";
  const query = { ...CAT, h, s: "index,shard,prirep" };
  return ask(client, { path: "/_cat/shards", query }, z.array(ShardRow));
}

const Allocation = z.array(z.object({ node: z.string(), "shards.undesired": Count, "disk.indices": Count }));

export function catAllocation(client: Client): Promise<z.output<typeof Allocation>> {
  const query = { ...CAT, h: "node,shards.undesired,disk.indices" };
  return ask(client, { path: "/_cat/allocation", query }, Allocation);
}

const Aliases = z.record(
  z.string(),
  z.object({ aliases: z.record(z.string(), z.object({ is_write_index: z.boolean().optional() })) }),
);

/** `writes`: what is written to the alias goes to this index. */
export type AliasOf = { alias: string; index: string; writes: boolean };

/** An alias of one index takes its writes there, unless it says that it does not. */
export async function aliasesOf(client: Client): Promise<AliasOf[]> {
  const found = await ask(client, { path: "/_alias" }, Aliases);
  const all = Object.entries(found).flatMap(([index, { aliases }]) =>
    Object.entries(aliases).map(([alias, { is_write_index }]) => ({ alias, index, is_write_index })),
  );
  const holders = new Map<string, number>();
  for (const { alias } of all) holders.set(alias, (holders.get(alias) ?? 0) + 1);
  return all.map(({ alias, index, is_write_index }) => ({
    alias,
    index,
    writes: is_write_index ?? holders.get(alias) === 1,
  }));
}

const Decider = z.object({ decider: z.string(), decision: z.string(), explanation: z.string() });

const Explain = z.object({
  index: z.string(),
  shard: z.number(),
  primary: z.boolean(),
  unassigned_info: z
    .object({ reason: z.string(), at: z.string(), failed_allocation_attempts: z.number().optional(), details: Text })
    .optional(),
  can_allocate: z.string().optional(),
  allocate_explanation: z.string().optional(),
  node_allocation_decisions: z
    .array(z.object({ node_name: z.string(), node_decision: z.string(), deciders: z.array(Decider).default([]) }))
    .default([]),
});

export type Explanation = z.output<typeof Explain>;

/** Asks about one copy. Elasticsearch refuses with 400 when no such copy exists. */
export function explainAllocation(
  client: Client,
  shard: { index: string; shard: number; primary: boolean },
): Promise<Explanation> {
  return ask(client, { method: "POST", path: "/_cluster/allocation/explain", body: shard }, Explain);
}
