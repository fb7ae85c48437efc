// Measures Elasticsearch through the monitor's own way in: 10 s the shape of the cluster, 60 s its load, 15 min its indices.
import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { type Collector, EMPTY_READING, type Reading } from "../collector";
import type { Values } from "../schema";
import type { EveryS } from "../signal";
import { type Checks, checks } from "./ask";
import { INDICATORS, INDICATOR_IDS, type Indicator } from "./cluster";
import { clusterHealth, healthReport, masterNode, watermarks, writeBlocks } from "./cluster";
import { type Latency, countersOf, createFloor, createLatency, diskGauges, loadGauges } from "./load";
import { nodeInfo, nodeStats } from "./nodes";
import { catAllocation, catIndices, catShards } from "./objects";
import type { ElasticWatch } from "./watch";

type Memory = { floor: (percent: number, at: number) => number | null; search: Latency; index: Latency };

/** Keeps what spans passes: the lowest heap of five minutes, and the counters that latencies are made of. */
export function createElasticCollector({ monitor }: ElasticWatch): Collector {
  const memory: Memory = { floor: createFloor(), search: createLatency(), index: createLatency() };
  const passes: Record<EveryS, (check: Checks) => Promise<Partial<Reading>>> = {
    10: (check) => shape(monitor, check),
    60: (check) => load(monitor, check, memory),
    900: (check) => objects(monitor, check),
  };
  return {
    async collect(everyS) {
      const check = checks(false);
      return { ...EMPTY_READING, ...(await passes[everyS](check)), blind: check.blind };
    },
  };
}

async function shape(client: Client, check: Checks): Promise<Partial<Reading>> {
  const [health, blocks] = await Promise.all([
    check.run("cluster health", clusterHealth(client)),
    check.run("write blocks", writeBlocks(client)),
  ]);
  const gauges: Values = {
    red: health && Number(health.status === "red"),
    // A single node can hold no copy: yellow is how it is, not what is wrong with it.
    yellow: health && Number(health.status === "yellow" && health.number_of_data_nodes > 1),
    unassigned_primaries: health?.unassigned_primary_shards ?? null,
    unassigned: health && health.unassigned_shards,
    shards_active: health && health.active_shards,
    relocating: health && health.relocating_shards,
    nodes: health && health.number_of_nodes,
    pending_tasks: health && health.number_of_pending_tasks,
    pending_wait_ms: health && health.task_max_waiting_in_queue_millis,
    write_blocks: blocks && blocks.length,
    flood_blocks: blocks && blocks.filter(({ flood }) => flood).length,
  };
  return { gauges, facts: health ? { cluster: health.cluster_name } : {}, rows: kilobytes(health, blocks) };
}

const LEVELS: Record<Indicator["status"], number | null> = { green: 0, yellow: 1, red: 2, unknown: null };

async function load(client: Client, check: Checks, memory: Memory): Promise<Partial<Reading>> {
  const [report, nodes, info, marks, master] = await Promise.all([
    check.run("health report", healthReport(client, false)),
    check.run("node statistics", nodeStats(client)),
    check.run("node start times", nodeInfo(client)),
    check.run("disk watermarks", watermarks(client)),
    check.run("master node", masterNode(client)),
  ]);
  if (report) missing(report, check);
  const at = Date.now();
  const generation = generationOf(info);
  const all = nodes && Object.values(nodes);
  const counted = all && countersOf(all);
  const gauges: Values = {
    ...Object.fromEntries(INDICATOR_IDS.map((id) => [`report_${id}`, LEVELS[report?.[id]?.status ?? "unknown"]])),
    ...(all && loadGauges(all)),
    ...(all && diskGauges(all, marks?.enabled ?? true)),
    ...(all && { heap_floor_percent: memory.floor(Math.max(...all.map(({ jvm }) => jvm.mem.heap_used_percent)), at) }),
    ...(counted && {
      search_ms: memory.search(generation, counted.search_time_ms, counted.search_rate),
      index_ms: memory.index(generation, counted.index_time_ms, counted.index_rate),
    }),
  };
  const { search_time_ms: _search, index_time_ms: _index, ...counters } = counted ?? {};
  const facts = {
    ...(master && { master }),
    ...(marks && !marks.enabled && { "disk watermarks": "are switched off" }),
  };
  return { gauges, counters, generation, facts, rows: kilobytes(report, nodes, info, marks) };
}

/** An indicator that is not there is said to be so; the report is green without it. */
function missing(report: Record<string, Indicator>, { blind }: Checks): void {
  for (const id of INDICATOR_IDS.filter((each) => !report[each])) {
    const why = "This distribution has no such indicator.";
    blind.push({ check: `health report: ${INDICATORS[id].toLowerCase()}`, kind: "not_reported", why, grant: null });
  }
}

async function objects(client: Client, check: Checks): Promise<Partial<Reading>> {
  const [indices, shards, allocation] = await Promise.all([
    check.run("indices", catIndices(client)),
    check.run("shards", catShards(client)),
    check.run("allocation", catAllocation(client)),
  ]);
  const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const gauges: Values = {
    indices: indices && indices.length,
    documents: indices && sum(indices.map((row) => row["docs.count"])),
    store_bytes: indices && sum(indices.map((row) => row["store.size"])),
    largest_shard_bytes: shards && Math.max(0, ...shards.map(({ store }) => store ?? 0)),
    undesired_shards: allocation && sum(allocation.map((row) => row["shards.undesired"])),
  };
  return { gauges, rows: kilobytes(indices, shards, allocation) };
}

type Info = Awaited<ReturnType<typeof nodeInfo>> | null;

/** Counters begin anew when a node starts, and the sum of them when one comes or goes. */
function generationOf(info: Info): string {
  const nodes = Object.entries(info ?? {}).map(([id, { jvm }]) => `${id}@${jvm.start_time_in_millis}`);
  return nodes.sort().join(",");
}

/** What the server sent, in kilobytes. */
function kilobytes(...answers: unknown[]): number {
  return Math.ceil(answers.reduce<number>((sum, answer) => sum + JSON.stringify(answer ?? "").length, 0) / 1024);
}
