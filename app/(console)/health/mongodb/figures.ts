import type { ChartSpec } from "@/components/charts/plot-data";
import { formatValue } from "@/components/ui/value";
import type { Figure } from "../frame/figures";

const shown = formatValue;

export const FIGURES: readonly Figure[] = [
  {
    label: "Connections",
    signal: "connections",
    unit: "count",
    checks: ["connections", "server figures"],
    hint: ({ connections_used: used, connections_limit: limit }) =>
      `${shown(used, "percent")} of ${shown(limit, "count")}`,
  },
  {
    label: "Operations",
    checks: ["server figures"],
    value: ({ queries, writes, commands }) =>
      queries == null || writes == null ? null : shown(queries + writes + (commands ?? 0), "per_s"),
    hint: ({ queries, writes }) => `${shown(queries, "per_s")} queries, ${shown(writes, "per_s")} writes`,
  },
  {
    label: "Cache used",
    signal: "cache_used",
    unit: "percent",
    checks: ["cache", "server statistics"],
    hint: ({ cache_bytes: bytes, cache_limit: limit, cache_dirty: dirty }) =>
      `${shown(bytes, "bytes")} of ${shown(limit, "bytes")}, dirty ${shown(dirty, "percent")}`,
  },
  {
    label: "Queued",
    signal: "queued",
    unit: "count",
    checks: ["server figures"],
    hint: ({ active_ops: active }) => `${shown(active, "count")} running`,
  },
  { label: "Replica lag", signal: "lag_s", unit: "s", checks: ["members"], hint: "slowest member" },
  { label: "Oplog window", signal: "oplog_s", unit: "s", checks: ["oplog window"], hint: "oldest change kept" },
];

export const CHARTS: readonly ChartSpec[] = [
  { title: "Operations", signals: ["queries", "writes", "commands"], kind: "area", note: "per s" },
  { title: "Cache", signals: ["cache_used", "cache_dirty"], kind: "line", note: "% of its size" },
  { title: "Running and waiting", signals: ["active_ops", "queued"], kind: "line", note: "operations" },
];
