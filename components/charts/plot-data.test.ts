import { expect, test } from "vitest";
import type { History, Point, SignalInfo } from "@/lib/health/schema";
import { plotData } from "./plot-data";
import { logTicks, timeTicks, valueTicks } from "./ticks";
import { formatValue } from "../ui/value";

const START = Date.UTC(2026, 10, 21, 14, 0);

const signal = (over: Partial<SignalInfo> = {}): SignalInfo => ({
  id: "a",
  engine: "redis",
  label: "A",
  unit: "percent",
  every_s: 10,
  limits: [{ severity: "warn", over: 90, under: null, for_s: 300 }],
  ...over,
});

const every = (seconds: number, from: number, to: number): Point[] =>
  Array.from({ length: (to - from) / seconds }, (_, index) => [START + (from + index * seconds) * 1000, 1, 1]);

function history(series: History["series"]): History {
  const to = START + 900_000;
  return { from: new Date(START).toISOString(), to: new Date(to).toISOString(), step_s: 10, series };
}

test("missing data is a gap, before the first value and between two, but not while the next is not yet due", () => {
  const points: Point[] = [...every(10, 300, 400), [START + 410_000, null, null], ...every(10, 600, 890)];
  const data = plotData(history([{ signal: signal(), points }]), { title: "A", signals: ["a"], kind: "line" });
  expect(data.gaps.map((gap) => gap.map((at) => (at - START) / 1000))).toEqual([
    [0, 300],
    [390, 600],
  ]);
});

test("a signal that is read less often counts until it is due again, then no longer", () => {
  const slow = signal({ id: "b", every_s: 60, limits: [] });
  const points = { fast: every(10, 0, 900), slow: every(60, 0, 300) };
  const both = history([
    { signal: signal(), points: points.fast },
    { signal: slow, points: points.slow },
  ]);
  const { rows, gaps } = plotData(both, { title: "A and b", signals: ["a", "b"], kind: "line" });
  const at = (second: number) => rows.find(([time]) => time === START + second * 1000)?.[2];
  expect([at(30), at(270), at(400)]).toEqual([1, 1, null]);
  expect(gaps).toEqual([]);
});

test("a limit says from where and for how long; among several series also whose it is", () => {
  const one = history([{ signal: signal(), points: [] }]);
  expect(plotData(one, { title: "A", signals: ["a"], kind: "line" }).limits[0]?.label).toBe(
    "warn at 90\u2009% for 5 min",
  );
  const two = history([...one.series, { signal: signal({ id: "b", limits: [] }), points: [] }]);
  expect(plotData(two, { title: "A", signals: ["a", "b"], kind: "line" }).limits[0]?.label).toMatch(/^A: warn at/);
});

test.each([
  [0, 97, "percent"],
  [0, 0, "count"],
  [0, 3.7e9, "bytes"],
  [98.2, 99.9, "percent"],
] as const)("axes have two to six round values that hold %s to %s", (low, high, unit) => {
  const ticks = valueTicks(low, high, unit);
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(ticks.length).toBeLessThanOrEqual(6);
  expect([(ticks[0] ?? 1) <= low, (ticks.at(-1) ?? 0) >= high]).toEqual([true, true]);
});

test("time labels are round and end at now; a logarithmic axis is powers of ten", () => {
  const to = START + 3_599_000;
  const ticks = timeTicks(START - 1000, to);
  expect(ticks.at(-1)).toBe(to);
  expect(ticks.slice(0, -1).every((at) => at % 900_000 === 0)).toBe(true);
  expect(logTicks(0.6, 40)).toEqual([0.1, 1, 10, 100]);
});

test("values carry their unit", () => {
  const shown = [
    formatValue(null, "ms"),
    formatValue(1536, "bytes"),
    formatValue(372, "s"),
    formatValue(99.44, "percent"),
  ];
  expect(shown).toEqual(["–", "1.5\u2009KB", "6 min 12 s", "99.4\u2009%"]);
});
