const STEPS = [1, 2, 2.5, 5, 10];

/** An axis from 0 to a round number at or above the highest value, with three to five lines. */
export function scale(highest: number): { top: number; ticks: number[] } {
  const rough = Math.max(highest, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, (STEPS.find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.max(1, Math.ceil(highest / step));
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}
