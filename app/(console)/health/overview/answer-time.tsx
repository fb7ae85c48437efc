import { Sparkline } from "@/components/charts/sparkline";
import { formatMs } from "@/components/ui/number";
import type { EngineHealth } from "@/lib/databases/schema";
import type { Range } from "@/lib/health/schema";
import { rangeLabel } from "../frame/range";
import { answerTimes, percentile } from "./answer-times";

/** How quickly it answered over the range: a line, half of the time, and nearly always. */
export async function AnswerTime({ health, range }: { health: EngineHealth; range: Range }) {
  const history = (await answerTimes(range)).find(({ engine }) => engine === health.engine)?.history;
  if (!history) return null;
  if (!history.ok) return <p className="text-sm text-text-3">No history: {history.failure.message}</p>;
  const points = history.value.series[0]?.points ?? [];
  const [p50, p95] = [percentile(points, 0.5), percentile(points, 0.95)];
  const tone = health.status === "down" ? "bad" : health.status === "degraded" ? "warn" : undefined;
  return (
    <>
      {p50 === null ? null : (
        <Sparkline points={points} tone={tone} label={`Answer time of the last ${rangeLabel(range)}`} />
      )}
      <p className="truncate text-sm text-text-3">
        {p50 === null || p95 === null
          ? `No data in ${rangeLabel(range)}`
          : `p50 ${formatMs(p50)}, p95 ${formatMs(p95)}`}
      </p>
    </>
  );
}
