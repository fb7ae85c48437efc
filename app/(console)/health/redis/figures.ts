import type { ChartSpec } from "@/components/charts/plot-data";
import { formatNumber } from "@/components/ui/number";
import { formatValue } from "@/components/ui/value";
import type { Values } from "@/lib/databases/schema";
import type { Figure } from "../frame/figures";

const known = (values: Values, id: string) => values[id] ?? null;

const INFO = "figures of the server";

export const FIGURES: readonly Figure[] = [
  {
    label: "Memory",
    signal: "memory_percent",
    checks: [INFO],
    value: (values) => {
      const [used, limit] = [known(values, "memory_used"), known(values, "memory_limit")];
      if (used === null) return null;
      return limit === null
        ? formatValue(used, "bytes")
        : `${formatValue(used, "bytes")} of ${formatValue(limit, "bytes")}`;
    },
    hint: (values) =>
      known(values, "memory_limit") === null ? "no limit" : `${formatValue(values["memory_percent"], "percent")} used`,
  },
  {
    label: "Hit ratio",
    signal: "hit_ratio",
    unit: "percent",
    checks: [INFO, "hits", "misses"],
    hint: "changes of the last 5 min",
  },
  {
    label: "Commands",
    signal: "commands",
    unit: "per_s",
    checks: [INFO, "commands"],
    hint: (values) => `${formatValue(values["errors"], "per_s")} answered with an error`,
  },
  {
    label: "Clients",
    signal: "clients",
    unit: "count",
    checks: [INFO],
    hint: (values) =>
      `${formatNumber(known(values, "blocked"))} wait, ${formatValue(values["rejected"], "per_s")} refused`,
  },
  {
    label: "Evicted",
    signal: "evicted",
    unit: "per_s",
    checks: [INFO, "evicted"],
    hint: (values) => `expired ${formatValue(values["expired"], "per_s")}`,
  },
  {
    label: "Slowest command",
    signal: "slowest_ms",
    checks: ["slow log"],
    value: (values) => {
      const slowest = known(values, "slowest_ms");
      return slowest === null ? null : slowest === 0 ? "none" : formatValue(slowest, "ms");
    },
    hint: "of the last minute",
  },
];

/** With a limit it is drawn, and where it begins to hurt. */
export function chartsFor(values: Values): ChartSpec[] {
  const limit = known(values, "memory_limit");
  const hurts = limit === null ? [] : [{ value: limit * 0.9, label: "90 % of the limit", severity: "warn" as const }];
  return [
    {
      title: "Memory",
      note: "used and limit",
      signals: ["memory_used", "memory_limit"],
      kind: "line",
      limits: hurts,
    },
    { title: "Hit ratio", note: "%, window of 5 min", signals: ["hit_ratio"], kind: "line" },
    { title: "Commands", note: "per second", signals: ["commands"], kind: "line" },
  ];
}
