import clsx from "clsx";
import { Suspense } from "react";
import { Meter } from "@/components/charts/meter";
import { Skeleton } from "@/components/ui/skeleton";
import { formatValue } from "@/components/ui/value";
import type { EngineStatus } from "@/lib/databases/schema";
import type { EngineView, Range } from "@/lib/health/schema";
import { figureOf } from "../frame/figures";
import { AnswerTime } from "./answer-time";
import { CARD_FIGURES, serverLoad } from "./card-figures";
import { CardFoot } from "./card-foot";
import { LiveHead } from "./live-head";

const EDGE: Record<EngineStatus, string> = {
  healthy: "",
  degraded: "border-warn/40",
  down: "border-bad/40",
  starting: "",
  maintenance: "",
  stale: "border-dashed",
  unknown: "border-dashed",
};

/** One engine: how it is and why, four key numbers, how quickly it answers, our pool beside its own count. */
export function EngineCard({ view, range }: { view: EngineView; range: Range }) {
  const { health, report, pool } = view;
  const { engine, status, latency_ms: latency } = health;
  const load = serverLoad(engine, report);
  const tight = report?.passed.some(({ signal, holds }) => signal === load.signal && holds);
  return (
    <section
      id={engine}
      aria-labelledby={`${engine}-name`}
      className={clsx(
        "flex min-w-0 scroll-mt-4 flex-col rounded-lg border bg-raised target:ring-2 target:ring-accent",
        EDGE[status],
        (status === "down" || status === "degraded") && "max-md:order-first",
      )}
    >
      <LiveHead initial={health} calm={calmWords(view)} />
      <div className="grid grid-cols-2 gap-x-3.5 gap-y-2 px-3.5 py-2.5 sm:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,1.7fr)]">
        {CARD_FIGURES[engine].map((figure) => {
          const { value, tone } = figureOf(figure, report);
          return (
            <dl key={figure.label} className="min-w-0">
              <dt className="truncate text-sm text-text-3" title={figure.label}>
                {figure.label}
              </dt>
              <dd
                className={clsx(
                  "truncate text-lg font-semibold",
                  tone === "warn" && "text-warn",
                  tone === "bad" && "text-bad",
                )}
              >
                {value}
              </dd>
            </dl>
          );
        })}
        <div className="min-w-0 max-sm:col-span-2">
          <p className="flex justify-between gap-2 text-sm">
            <span className="text-text-3">Answer time</span>
            <b className="font-semibold">{formatValue(latency, "ms")}</b>
          </p>
          <Suspense fallback={<Skeleton className="w-full" />}>
            <AnswerTime health={health} range={range} />
          </Suspense>
        </div>
      </div>
      <div className="mt-auto grid gap-x-4 gap-y-2 border-t px-3.5 py-2.5 sm:grid-cols-2">
        <Meter
          label="Our pool"
          value={pool.busy}
          max={pool.max}
          more={`${pool.idle} idle, ${pool.waiting} waiting`}
          tone={pool.waiting > 0 ? "warn" : undefined}
        />
        <Meter
          label={load.label}
          value={load.value}
          share={load.percent === null ? undefined : load.percent / 100}
          more={load.percent === null ? undefined : `${formatValue(load.percent, "percent")} of its limit`}
          tone={tight ? "warn" : undefined}
        />
      </div>
      <CardFoot view={view} />
    </section>
  );
}

/** What is said of an engine that has no reason to complain. */
function calmWords({ health: { status }, report }: EngineView): string {
  if (status === "starting") return "Was started and has not answered yet.";
  if (status === "unknown") return "Nobody has asked it yet.";
  if (!report) return "Answers; nobody has measured its load yet.";
  const unknown = report.blind.filter(({ kind }) => kind !== "not_reported").length;
  const passed = report.passed.length;
  const limits =
    passed === 0 ? "No limit is passed" : `${passed} ${passed === 1 ? "limit is" : "limits are"} passed and watched`;
  return unknown === 0 ? `${limits}.` : `${limits}, ${unknown} ${unknown === 1 ? "check" : "checks"} unknown.`;
}
