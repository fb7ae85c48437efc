import "server-only";
import { cache } from "react";
import { ENGINES, type Engine } from "@/lib/databases/schema";
import { getHistory } from "@/lib/health/queries";
import type { History, Point, Range } from "@/lib/health/schema";
import { attempt, type Attempt } from "@/lib/next/load";

type AnswerTimes = { engine: Engine; history: Attempt<History> };

/** The answer times of the four engines, read once for cards and chart, one after the other; each may fail alone. */
export const answerTimes = cache(async (range: Range): Promise<AnswerTimes[]> => {
  const found: AnswerTimes[] = [];
  for (const engine of ENGINES) {
    found.push({ engine, history: await attempt(getHistory, { engine, signals: ["answer_ms"], range }) });
  }
  return found;
});

/** The value under which this part of the measurements lies; null without any. */
export function percentile(points: readonly Point[], part: number): number | null {
  const values = points.flatMap(([, mean]) => (mean === null ? [] : [mean])).sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? null;
}
