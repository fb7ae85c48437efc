import type { ChartSpec } from "@/components/charts/plot-data";
import { formatValue } from "@/components/ui/value";
import type { Figure } from "../frame/figures";

const shown = formatValue;

export const FIGURES: readonly Figure[] = [
  {
    label: "Shards",
    signal: "red",
    checks: ["cluster health"],
    value: ({ shards_active: active, unassigned }) =>
      active == null || unassigned == null ? null : `${active} of ${active + unassigned}`,
    hint: ({ unassigned, unassigned_primaries: primaries }) =>
      primaries
        ? `${primaries} without a home: primary`
        : unassigned
          ? `${unassigned} without a home`
          : "every copy has a home",
  },
  {
    label: "Search",
    signal: "search_ms",
    unit: "ms",
    checks: ["node statistics"],
    value: ({ search_ms: ms, search_rate: rate }) => (ms != null ? shown(ms, "ms") : rate === 0 ? "none now" : null),
    hint: ({ search_rate: rate }) => `mean per shard, ${shown(rate, "per_s")}`,
  },
  {
    label: "Indexing",
    signal: "index_ms",
    unit: "ms",
    checks: ["node statistics"],
    value: ({ index_rate: rate }) => (rate == null ? null : shown(rate, "per_s")),
    hint: ({ index_ms: ms }) => (ms == null ? "no entry in the last minute" : `${shown(ms, "ms")} an entry`),
  },
  {
    label: "Heap",
    signal: "heap_floor_percent",
    checks: ["node statistics"],
    value: ({ heap_floor_percent: floor, heap_percent: now }) => {
      const percent = floor ?? now;
      return percent == null ? null : shown(percent, "percent");
    },
    hint: ({ heap_floor_percent: floor, heap_percent: now }) =>
      floor == null ? "now, not yet judged" : `after collection, ${shown(now, "percent")} now`,
  },
  {
    label: "Refused in a minute",
    signal: "searches_rejected",
    checks: ["node statistics"],
    value: ({ searches_rejected: searches, writes_rejected: writes, pressure_rejected: size }) =>
      searches == null || writes == null ? null : shown((searches + writes + (size ?? 0)) * 60, "count"),
    hint: ({ search_queue: search, write_queue: write }) => `${shown((search ?? 0) + (write ?? 0), "count")} wait now`,
  },
  {
    label: "Disk",
    signal: "disk_used_percent",
    unit: "percent",
    checks: ["node statistics"],
    hint: ({ disk_free_bytes: free }) => `${shown(free, "bytes")} available`,
  },
];

export const CHARTS: readonly ChartSpec[] = [
  { title: "Search and index time", signals: ["search_ms", "index_ms"], kind: "line", note: "mean, ms" },
  { title: "Searches and entries indexed", signals: ["search_rate", "index_rate"], kind: "area", note: "per s" },
  { title: "Heap", signals: ["heap_floor_percent", "heap_percent"], kind: "line", note: "%, fullest node" },
];
