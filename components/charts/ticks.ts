import type { PlotData } from "./plot-data";
import type { PlotUnit } from "./plot-text";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps between time labels, each round in UTC. */
const STEPS = [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY];

/** No label this near to the end, where `now` stands, as a part of the range. */
const CLEAR_OF_NOW = 0.1;

/** Round times in the range, at most five, and the end. */
export function timeTicks(from: number, to: number): number[] {
  const step = STEPS.find((each) => (to - from) / each <= 5) ?? 7 * DAY;
  const first = Math.ceil(from / step) * step;
  const ticks = [];
  for (let at = first; at < to - (to - from) * CLEAR_OF_NOW; at += step) ticks.push(at);
  return [...ticks, to];
}

/** Every third month, counted back from the last. */
export function monthTicks({ rows }: Pick<PlotData, "rows">): number[] {
  return rows.map(([at]) => at).filter((_, index) => (rows.length - 1 - index) % 3 === 0);
}

/** `14:30`; `21 Nov` where the range is longer than two days. */
export function timeLabel(at: number, from: number, to: number): string {
  if (at === to) return "now";
  if (to - from <= 2 * DAY) return new Date(at).toISOString().slice(11, 16);
  return new Date(at)
    .toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })
    .replace("Sept", "Sep");
}

/** Three to five round values that hold `low` and `high`. */
export function valueTicks(low: number, high: number, unit: PlotUnit): number[] {
  const span = high - low || Math.abs(high) || 1;
  const step = roundStep(span / 3, unit);
  const first = Math.floor(low / step) * step;
  const ticks = [first];
  while ((ticks.at(-1) ?? 0) < high - step * 1e-9) ticks.push(first + ticks.length * step);
  return ticks.length > 1 ? ticks : [first, first + step];
}

/** Powers of ten that hold the range. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(Math.max(low, 0.001)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(high, 0.001))), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

function roundStep(rough: number, unit: PlotUnit): number {
  const base =
    unit === "bytes" || unit === "bytes_per_s"
      ? 1024 ** Math.max(0, Math.floor(Math.log2(Math.max(rough, 1)) / 10))
      : 1;
  const power = 10 ** Math.floor(Math.log10(rough / base));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power * base >= rough) ?? 10;
  const step = factor * power * base;
  return unit === "count" || unit === "yes" ? Math.max(1, Math.ceil(step)) : step;
}
