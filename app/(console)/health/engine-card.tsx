import clsx from "clsx";
import { EngineBadge } from "@/components/shell/engine-badge";
import { formatMs } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { formatUtc } from "@/components/ui/time-format";
import { ENGINE_LABELS, ENGINE_TILES, type Engine, type EngineHealth, type EngineStatus } from "@/lib/databases/schema";
import { ago, lasting } from "./words";

const EDGE: Record<EngineStatus, string> = {
  healthy: "",
  degraded: "border-warn/40",
  down: "border-bad/40",
  starting: "",
  maintenance: "",
  stale: "border-dashed",
  unknown: "border-dashed",
};

/** What the console does without the engine. */
const WITHOUT: Record<Engine, string> = {
  postgres: "Without it nothing can be read or saved.",
  mongodb: "Without it profiles are missing; everything else works.",
  redis: "Without it pages read from PostgreSQL and are a little slower.",
  elasticsearch: "Without it search runs on PostgreSQL, without help for typing errors. Changes wait in the outbox.",
};

/** One engine: how it is, why, since when, how quickly it answers. */
export function EngineCard({ health, now }: { health: EngineHealth; now: number | null }) {
  const { engine, status, reason, version, since, latency_ms: latency, checked_at: checked } = health;
  const troubled = status === "down" || status === "degraded";
  return (
    <section
      id={engine}
      aria-labelledby={`${engine}-name`}
      className={clsx(
        "min-w-0 scroll-mt-4 rounded-lg border bg-raised target:ring-2 target:ring-accent",
        EDGE[status],
        troubled && "max-md:order-first",
      )}
    >
      <header className="flex items-center gap-2.5 border-b px-3.5 py-3">
        <Tile code={ENGINE_TILES[engine]} size={32} />
        <div className="min-w-0 flex-1">
          <h2 id={`${engine}-name`} className="text-lg font-semibold">
            {ENGINE_LABELS[engine]} <span className="ml-1 text-sm font-normal text-text-3">{version}</span>
          </h2>
          <p
            className={clsx(
              "text-sm [overflow-wrap:anywhere]",
              troubled ? "text-warn" : "text-text-2",
              status === "down" && "text-bad",
            )}
          >
            {reason ?? sentence(status)}
          </p>
        </div>
        <EngineBadge status={status} />
      </header>
      <dl className="grid grid-cols-3 divide-x divide-line">
        <Figure label="Answer time" value={latency === null ? "–" : formatMs(latency)} />
        <Figure
          label={`${status === "unknown" ? "No news" : "So"} since`}
          value={
            since && now
              ? lasting(Math.max(0, now - Date.parse(since)))
              : since
                ? `${formatUtc(since).slice(11, 16)} UTC`
                : "–"
          }
          hint={since ? `${formatUtc(since)} UTC` : undefined}
        />
        <Figure
          label="Checked"
          value={checked && now ? ago(checked, now) : checked ? `${formatUtc(checked).slice(11)} UTC` : "never"}
          hint={checked ? `${formatUtc(checked).slice(11)} UTC` : undefined}
        />
      </dl>
      <p className="rounded-b-lg border-t bg-sunken px-3.5 py-2.5 text-sm text-text-2">{WITHOUT[engine]}</p>
    </section>
  );
}

function Figure({ label, value, hint }: { label: string; value: string; hint?: string | undefined }) {
  return (
    <div className="min-w-0 px-3.5 py-2.5">
      <dt className="text-sm text-text-3">{label}</dt>
      <dd className="truncate text-xl font-semibold tracking-[-0.015em]">{value}</dd>
      {hint ? <dd className="truncate text-xs text-text-3">{hint}</dd> : null}
    </div>
  );
}

function sentence(status: EngineStatus): string {
  const words: Record<EngineStatus, string> = {
    healthy: "Answers within its limit.",
    degraded: "Answers, but not as it should.",
    down: "Does not answer.",
    starting: "Was started and has not answered yet.",
    maintenance: "Is being worked on.",
    stale: "Answers; its load is not measured.",
    unknown: "Nobody has asked it yet.",
  };
  return words[status];
}
