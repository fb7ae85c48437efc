import type { PlotData } from "./plot-data";
import { logTicks, valueTicks } from "./ticks";

/** Bars and areas begin at 0; a limit is drawn when it is in sight of the data. */
export function scaleOf({ kind, unit, log, rows, limits }: PlotData) {
  const sums = rows.flatMap(([, ...values]) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return [];
    return kind === "line" ? known : stacked(known);
  });
  const high = Math.max(...sums);
  const low = Math.min(...sums);
  if (log) return { ticks: logTicks(low, high), limits: [] };
  const near = limits.filter(({ value }) => unit === "percent" || (value <= high * 4 && value >= low / 4));
  const marked = near.map(({ value }) => value);
  const top = Math.max(high, ...marked);
  const bottom = Math.min(low, ...marked);
  const isFar = kind === "line" && bottom > 0 && (top - bottom) * 3 < top;
  return { ticks: valueTicks(isFar ? bottom : Math.min(0, bottom), top, unit), limits: near };
}

/** What is above 0 and what is below is stacked apart. */
function stacked(values: readonly number[]): number[] {
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  return [sum(values.filter((value) => value > 0)), sum(values.filter((value) => value < 0))];
}

/** A row as the library wants it: it takes an array for a list of tips. */
export function pointsOf({ rows }: PlotData): Record<string, number | null>[] {
  return rows.map(([at, ...values]) => ({
    at,
    ...Object.fromEntries(values.map((value, index) => [`v${index}`, value])),
  }));
}
