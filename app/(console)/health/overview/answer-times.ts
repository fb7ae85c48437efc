import "server-only";
import { cache } from "react";
import { ENGINES } from "@/lib/databases/schema";
import { getHistory } from "@/lib/health/queries";
import type { Point, Range } from "@/lib/health/schema";
import { attempt } from "@/lib/next/load";

/** The answer times of the four engines, read once for cards and chart; each may fail alone. */
export const answerTimes = cache(async (range: Range) =>
  Promise.all(
    ENGINES.map(async (engine) => ({
      engine,
      history: await attempt(getHistory, { engine, signals: ["answer_ms"], range }),
    })),
  ),
);

/** The value under which this part of the measurements lies; null without any. */
export function percentile(points: readonly Point[], part: number): number | null {
  const values = points.flatMap(([, mean]) => (mean === null ? [] : [mean])).sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? null;
}
