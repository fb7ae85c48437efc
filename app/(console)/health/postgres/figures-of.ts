import type { ChartSpec } from "@/components/charts/plot-data";
import { formatValue } from "@/components/ui/value";
import type { Values } from "@/lib/databases/schema";
import type { Figure } from "../frame/figures";

const SESSIONS = ["Sessions and locks"];

export const FIGURES: readonly Figure[] = [
  {
    label: "Connections",
    signal: "connections_used",
    checks: SESSIONS,
    value: ({ connections, connections_usable: usable }) =>
      isNumber(connections) && isNumber(usable) ? `${connections} of ${usable}` : null,
    hint: ({ connections_used: used, blocked_sessions: blocked }) =>
      `${formatValue(used, "percent")}, ${blocked ? `${blocked} blocked` : "none blocked"}`,
  },
  {
    label: "Transactions",
    value: ({ commits, rollbacks }) => (isNumber(commits) ? formatValue(commits + (rollbacks ?? 0), "per_s") : null),
    hint: ({ rollback_share: share }) => (isNumber(share) ? `${formatValue(share, "percent")} rolled back` : null),
    signal: "rollback_share",
    checks: ["Transactions"],
  },
  {
    label: "Cache hit",
    signal: "cache_hit",
    unit: "percent",
    checks: ["Database statistics"],
    hint: "of the last minute",
    value: ({ cache_hit: hit, blocks_hit: blocks }) =>
      isNumber(hit) ? formatValue(hit, "percent") : isNumber(blocks) ? "too little read" : null,
  },
  {
    label: "Database size",
    signal: "database_bytes",
    unit: "bytes",
    checks: ["Sizes"],
    hint: ({ tables, indexes }) => `${formatValue(tables, "count")} tables, ${formatValue(indexes, "count")} indexes`,
  },
  {
    label: "Transaction ids used",
    signal: "xid_used",
    unit: "percent",
    checks: ["Transaction ids"],
    hint: "of 2 billion, limit 50 %",
  },
  {
    label: "WAL",
    signal: "wal_bytes",
    unit: "bytes_per_s",
    checks: ["WAL written"],
    hint: ({ wal_dir_bytes: kept, archive_queue: queue }) =>
      `${formatValue(kept, "bytes")} kept, ${formatValue(queue, "count")} to archive`,
  },
];

/** With a standby there is a fourth chart: how far it is behind. */
export function chartsFor(values: Values): ChartSpec[] {
  const usable = values["connections_usable"];
  const limits = isNumber(usable)
    ? [{ value: Math.round(usable * 0.9), label: `90 % of ${usable}`, severity: "critical" as const }]
    : [];
  const isFollowed = (values["standbys"] ?? 0) > 0;
  const lag = isFollowed ? "replication_lag_s" : isNumber(values["standby_lag_s"]) ? "standby_lag_s" : null;
  return [
    {
      title: "Connections",
      signals: ["connections_active", "connections_idle_tx", "connections_idle"],
      colors: [1, 3, 0],
      kind: "area",
      unit: "count",
      limits,
    },
    { title: "Cache hit", signals: ["cache_hit"], kind: "line", unit: "percent", note: "blocks found in memory" },
    lag === null
      ? { title: "WAL written", signals: ["wal_bytes"], kind: "line", unit: "bytes_per_s" }
      : { title: "Standby lag", signals: [lag], kind: "line", unit: "s", note: "replay" },
  ];
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number";
}
