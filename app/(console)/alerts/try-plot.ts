import type { PlotData } from "@/components/charts/plot-data";
import { formatValue } from "@/components/ui/value";
import type { TryAnswer } from "@/lib/alerts/schema";

/** Three missed steps are a gap in the line. */
const GAP_STEPS = 3;

export function tryPlot({ points, unit }: TryAnswer, threshold: number): PlotData {
  const from = points[0]?.[0] ?? 0;
  const to = points.at(-1)?.[0] ?? 0;
  const step = points.length > 1 ? (to - from) / (points.length - 1) : 0;
  const seen = points.filter(([, value]) => value !== null).map(([at]) => at);
  const gaps = seen
    .map((at, index): [number, number] => [seen[index - 1] ?? from, at])
    .filter(([start, end]) => end - start > step * GAP_STEPS);
  return {
    kind: "line",
    unit,
    log: false,
    from,
    to,
    series: [{ id: "value", label: "worst of the step", color: 1 }],
    rows: points.map(([at, value]) => [at, value]),
    limits: [{ value: threshold, label: `limit ${formatValue(threshold, unit)}`, severity: "warn" }],
    gaps,
  };
}
