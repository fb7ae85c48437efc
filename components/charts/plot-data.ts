import type { Unit } from "@/lib/databases/schema";
import type { History, SignalInfo } from "@/lib/health/schema";
import { formatValue } from "../ui/value";
import type { PlotUnit } from "./plot-text";

export type ChartSpec = {
  /** Says the message. */
  title: string;
  /** Ids of signals of one engine, of one unit; at most four for an area. */
  signals: readonly string[];
  kind: "line" | "area" | "bars";
  unit?: Unit;
  note?: string;
  /** Numbers of the chart colours, in the order of the signals: 0 for what is idle, 1 to 4. */
  colors?: readonly number[];
  /** Drawn beside those of the signals themselves. */
  limits?: readonly PlotLimit[];
};

export type PlotLimit = { value: number; label: string; severity: "warn" | "critical" };
export type PlotSeries = { id: string; label: string; color: number };

/** What a chart draws and its table lists. A row is an instant and the value of every series then. */
export type PlotData = {
  kind: ChartSpec["kind"];
  unit: PlotUnit;
  /** Its rows are months, each with its own label. */
  monthly?: boolean;
  log: boolean;
  from: number;
  to: number;
  series: PlotSeries[];
  rows: [at: number, ...values: (number | null)[]][];
  limits: PlotLimit[];
  /** Where nothing was measured. */
  gaps: [from: number, to: number][];
};

/** After so many of its intervals without a value a line is broken. */
const GAP_INTERVALS = 2.5;

type Series = History["series"][number];

/** One chart out of the history of an engine. */
export function plotData(history: History, spec: ChartSpec): PlotData {
  const found = spec.signals.flatMap((id) => history.series.filter(({ signal }) => signal.id === id));
  const limits = spec.kind === "line" ? found.flatMap(({ signal }) => limitsOf(signal, found.length > 1)) : [];
  return {
    ...aligned(history, found),
    kind: spec.kind,
    unit: spec.unit ?? found[0]?.signal.unit ?? "count",
    log: false,
    series: found.map(({ signal }, index) => ({
      id: signal.id,
      label: signal.label,
      color: spec.colors?.[index] ?? (index % 4) + 1,
    })),
    limits: [...limits, ...(spec.limits ?? [])],
  };
}

/** Series on one time axis, in the order given. */
export function aligned(
  { from, to, step_s: stepS }: Pick<History, "from" | "to" | "step_s">,
  found: readonly Series[],
) {
  const times = [...new Set(found.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  const intervals = found.map(({ signal }) => Math.max(signal.every_s, stepS) * 1000);
  const columns = found.map(({ points }, index) => spread(points, times, (intervals[index] ?? 0) * GAP_INTERVALS));
  const rows = times.map((at, row): PlotData["rows"][number] => [at, ...columns.map((column) => column[row] ?? null)]);
  const range = { from: Date.parse(from), to: Date.parse(to) };
  return { ...range, rows, gaps: gapsOf(rows, range, Math.min(...intervals) * GAP_INTERVALS) };
}

/** The values of a series at all times of the chart: one that is read less often counts until it is due again. */
function spread(points: Series["points"], times: readonly number[], dueMs: number): (number | null)[] {
  let next = 0;
  let last: Series["points"][number] | undefined;
  return times.map((at) => {
    for (let point = points[next]; point && point[0] <= at; point = points[next]) {
      last = point;
      next += 1;
    }
    return last && at - last[0] <= dueMs ? last[1] : null;
  });
}

/** Stretches without any value that are longer than `longMs`. */
function gapsOf(
  rows: PlotData["rows"],
  { from, to }: { from: number; to: number },
  longMs: number,
): [number, number][] {
  const seen = rows.filter(([, ...values]) => values.some((value) => value !== null)).map(([at]) => at);
  return [...seen, to]
    .map((at, index): [number, number] => [seen[index - 1] ?? from, at])
    .filter(([start, end]) => end - start > longMs);
}

/** Of a series among others only where it begins to hurt, and whose limit it is. */
function limitsOf({ label, limits, unit }: SignalInfo, isOneOfMany: boolean): PlotLimit[] {
  const drawn = isOneOfMany ? limits.filter(({ severity }) => severity === "warn").slice(0, 1) : limits;
  return drawn.map(({ severity, over, under, for_s: forS }) => {
    const value = over ?? under ?? 0;
    const lasting = forS > 0 ? ` for ${formatValue(forS, "s").replace(/ 0 (s|min)$/, "")}` : "";
    const name = isOneOfMany ? `${label}: ` : "";
    return {
      value,
      severity,
      label: `${name}${severity} ${over === null ? "under" : "at"} ${formatValue(value, unit)}${lasting}`,
    };
  });
}
