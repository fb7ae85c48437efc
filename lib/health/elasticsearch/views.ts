// From the answers of Elasticsearch to what a page shows.
import "server-only";
import {
  type ClusterHealth,
  INDICATORS,
  INDICATOR_IDS,
  type Indicator,
  type WriteBlock,
} from "@/lib/databases/elasticsearch/cluster";
import { type NodeStats, diskOf } from "@/lib/databases/elasticsearch/nodes";
import type { AliasOf, IndexRow, ShardRow } from "@/lib/databases/elasticsearch/objects";
import type { Copy, IndicatorStatus, IndicesView, NodesView, ReportView, ShardsView } from "./schema";

const WORST_FIRST = ["red", "yellow", "unknown", "green"] as const;

function worstOf(statuses: readonly IndicatorStatus[]): IndicatorStatus {
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? "unknown";
}

/** A check that is blind counts as unknown, an absent indicator as nothing: neither makes anything green. */
export function reportView(
  cluster: ClusterHealth | null,
  report: Record<string, Indicator> | null,
  blocks: readonly WriteBlock[] | null,
): Omit<ReportView, "blind"> {
  const labels: Record<string, string> = { ...INDICATORS, file_settings: "Settings from files" };
  const known: readonly string[] = INDICATOR_IDS;
  const others = Object.keys(report ?? {}).filter((id) => !known.includes(id));
  const indicators = [...INDICATOR_IDS, ...others].map((id) => {
    const found = report?.[id];
    return {
      id,
      label: labels[id] ?? id.replaceAll("_", " "),
      status: found?.status ?? (report ? ("absent" as const) : ("unknown" as const)),
      symptom: found?.symptom ?? (report ? "not reported by this server" : "could not be read"),
      impacts: found?.impacts.map(({ description }) => description) ?? [],
      diagnoses: found?.diagnosis.map(({ cause, action }) => ({ cause, action })) ?? [],
    };
  });
  const own = cluster?.status ?? "unknown";
  const said = indicators.flatMap(({ status }) => (status === "absent" ? [] : status));
  const blocked: IndicatorStatus[] = blocks === null ? ["unknown"] : blocks.length > 0 ? ["red"] : [];
  return {
    worst: worstOf([own, ...said, ...blocked]),
    cluster: own,
    single_node: cluster?.number_of_data_nodes === 1,
    indicators,
    blocks: [...(blocks ?? [])],
  };
}

const STATES: Record<string, Copy["state"]> = {
  STARTED: "started",
  RELOCATING: "moving",
  INITIALIZING: "starting",
};

/** So many indices are drawn; those with copies without a home come first. */
const SHOWN = 100;

export function shardsView(rows: readonly ShardRow[]): Omit<ShardsView, "blind"> {
  const nodes = [...new Set(rows.flatMap(({ node }) => nodeName(node) ?? []))].sort();
  const byIndex = new Map<string, ShardsView["indices"][number]>();
  for (const row of rows) {
    const entry = byIndex.get(row.index) ?? { index: row.index, bytes: 0, copies: {}, homeless: [] };
    const copy = { shard: row.shard ?? 0, primary: row.prirep === "p", state: STATES[row.state] ?? "homeless" };
    const node = nodeName(row.node);
    if (node === null) entry.homeless.push(copy);
    else (entry.copies[node] ??= []).push(copy);
    entry.bytes += row.store ?? 0;
    byIndex.set(row.index, entry);
  }
  const sorted = [...byIndex.values()].sort(
    (a, b) => b.homeless.length - a.homeless.length || a.index.localeCompare(b.index),
  );
  return { nodes, indices: sorted.slice(0, SHOWN), hidden: Math.max(0, sorted.length - SHOWN) };
}

/** A copy on the move names both nodes: `a -> 127.0.0.1 id b`. */
function nodeName(node: string | null | undefined): string | null {
  return node ? (node.split(" -> ")[0] ?? null) : null;
}

/** Pools the console or its users may wait for; the others are the server's own. */
const POOLS = ["search", "write", "get", "management", "force_merge", "snapshot"];

export function nodesView(nodes: readonly NodeStats[], master: string | null): NodesView["nodes"] {
  return nodes.map((node) => ({
    name: node.name,
    is_master: node.name === master,
    heap_percent: node.jvm.mem.heap_used_percent,
    heap_bytes: node.jvm.mem.heap_used_in_bytes,
    heap_max_bytes: node.jvm.mem.heap_max_in_bytes,
    cpu_percent: node.os.cpu.percent,
    disk: diskOf(node),
    pools: POOLS.flatMap((name) => {
      const pool = node.thread_pool[name];
      return pool ? [{ name, ...pool }] : [];
    }),
    breakers: Object.entries(node.breakers).map(([name, breaker]) => ({
      name,
      used: breaker.estimated_size_in_bytes,
      limit: breaker.limit_size_in_bytes,
      tripped: breaker.tripped,
    })),
  }));
}

export function indicesView(rows: readonly IndexRow[], aliases: readonly AliasOf[]): Omit<IndicesView, "blind"> {
  const indices = rows.map((row): IndicesView["indices"][number] => ({
    name: row.index,
    health: row.health === "green" || row.health === "yellow" || row.health === "red" ? row.health : "unknown",
    open: row.status === "open",
    documents: row["docs.count"],
    deleted: row["docs.deleted"],
    bytes: row["store.size"],
    primaries: row.pri,
    replicas: row.rep,
    segments: row["segments.count"],
    refreshes: row["refresh.total"],
    refresh_ms: row["refresh.time"],
    merges: row["merges.total"],
    merge_ms: row["merges.total_time"],
    aliases: aliases.filter(({ index }) => index === row.index).map(({ alias, writes }) => ({ name: alias, writes })),
  }));
  const rank = { red: 0, yellow: 1, unknown: 2, green: 3 };
  const sorted = indices.sort((a, b) => rank[a.health] - rank[b.health] || (b.bytes ?? 0) - (a.bytes ?? 0));
  return { indices: sorted.slice(0, SHOWN), hidden: Math.max(0, sorted.length - SHOWN) };
}
