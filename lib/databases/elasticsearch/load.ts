// From what the nodes say to figures: the worst node where one suffers alone, the sum where all share the work.
import "server-only";
import type { Values } from "../schema";
import { type Disk, type NodeStats, diskOf } from "./nodes";

export function loadGauges(nodes: readonly NodeStats[]): Values {
  return {
    heap_percent: worst(nodes, ({ jvm }) => jvm.mem.heap_used_percent),
    cpu_percent: worst(nodes, ({ os }) => os.cpu.percent),
    search_queue: total(nodes, ({ thread_pool }) => thread_pool.search?.queue),
    write_queue: total(nodes, ({ thread_pool }) => thread_pool.write?.queue),
    segments: total(nodes, ({ indices }) => indices?.segments.count),
  };
}

/** `enabled` false: the marks are not looked at by the server, so no disk is over one. */
export function diskGauges(nodes: readonly NodeStats[], enabled: boolean): Values {
  const disks = nodes.map(diskOf).filter((disk): disk is Disk => disk !== null);
  if (disks.length === 0) return {};
  const over = (mark: (disk: Disk) => number) => Number(disks.some((disk) => disk.available < mark(disk)));
  return {
    disk_used_percent: Math.max(...disks.map(({ total: size, available }) => (1 - available / size) * 100)),
    disk_free_bytes: Math.min(...disks.map(({ available }) => available)),
    disk_over_low: enabled ? over(({ low }) => low) : 0,
    disk_over_flood: enabled ? over(({ flood }) => flood) : 0,
  };
}

export function countersOf(nodes: readonly NodeStats[]) {
  return {
    // Milliseconds of a second are a tenth of a percent; with G1 `old` stays 0 and a third collector exists: all count.
    gc_percent:
      total(nodes, ({ jvm }) => sum(Object.values(jvm.gc.collectors), (one) => one.collection_time_in_millis)) / 10,
    searches_rejected: total(nodes, ({ thread_pool }) => thread_pool.search?.rejected),
    writes_rejected: total(nodes, ({ thread_pool }) => thread_pool.write?.rejected),
    pressure_rejected: total(nodes, ({ indexing_pressure: { memory } }) =>
      sum(Object.values(memory.total), (count) => count),
    ),
    breaker_trips: total(nodes, ({ breakers }) => sum(Object.values(breakers), ({ tripped }) => tripped)),
    search_rate: total(nodes, ({ indices }) => indices?.search.query_total),
    search_time_ms: total(nodes, ({ indices }) =>
      indices ? indices.search.query_time_in_millis + indices.search.fetch_time_in_millis : 0,
    ),
    index_rate: total(nodes, ({ indices }) => indices?.indexing.index_total),
    index_time_ms: total(nodes, ({ indices }) => indices?.indexing.index_time_in_millis),
    index_failed: total(nodes, ({ indices }) => indices?.indexing.index_failed),
  };
}

/** Mean time of one since the last pass; null for the first, after a restart, and when there was none. */
export type Latency = (generation: string, timeMs: number, count: number) => number | null;

export function createLatency(): Latency {
  let before: { generation: string; timeMs: number; count: number } | null = null;
  return (generation, timeMs, count) => {
    const last = before;
    before = { generation, timeMs, count };
    if (!last || last.generation !== generation) return null;
    const [time, done] = [timeMs - last.timeMs, count - last.count];
    return done > 0 && time >= 0 ? time / done : null;
  };
}

const WINDOW_MS = 300_000;
/** Fewer minutes than these say nothing of a saw-tooth. */
const SPAN_MS = 230_000;

/** Used heap rises until it is collected: only its lowest value of five minutes says how full it is. */
export function createFloor(): (percent: number, at: number) => number | null {
  let ring: { at: number; percent: number }[] = [];
  return (percent, at) => {
    ring = [...ring.filter((one) => at - one.at <= WINDOW_MS), { at, percent }];
    const spans = at - (ring[0]?.at ?? at) >= SPAN_MS;
    return spans ? Math.min(...ring.map((one) => one.percent)) : null;
  };
}

function worst(nodes: readonly NodeStats[], read: (node: NodeStats) => number): number | null {
  return nodes.length > 0 ? Math.max(...nodes.map(read)) : null;
}

function total(nodes: readonly NodeStats[], read: (node: NodeStats) => number | undefined): number {
  return sum(nodes, (node) => read(node) ?? 0);
}

function sum<T>(list: readonly T[], read: (one: T) => number): number {
  return list.reduce((all, one) => all + read(one), 0);
}
