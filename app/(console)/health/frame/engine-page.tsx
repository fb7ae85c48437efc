import { Suspense, type ReactNode } from "react";
import type { ChartSpec } from "@/components/charts/plot-data";
import { EngineBadge } from "@/components/shell/engine-badge";
import { Page } from "@/components/shell/page";
import { Segmented } from "@/components/ui/segmented";
import { Tile } from "@/components/ui/tile";
import { ENGINE_LABELS, ENGINE_TILES, type Engine } from "@/lib/databases/schema";
import { getEngine } from "@/lib/health/queries";
import type { EngineView } from "@/lib/health/schema";
import { load } from "@/lib/next/load";
import type { Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { EngineBanner } from "./engine-banner";
import { EngineCharts } from "./engine-charts";
import { Figures, type Figure } from "./figures";
import { LiveRefresh } from "./live-refresh";
import { rangeLinks, rangeOf } from "./range";
import { StatusSince } from "./status-since";
import { WatchingCost } from "./watching-cost";

type EnginePageProps = {
  engine: Engine;
  /** Of the page; `range` is read from it. */
  searchParams: Promise<Params>;
  /** Six. */
  figures: readonly Figure[];
  /** At most four; their signals are read together. */
  charts: readonly ChartSpec[];
  /** Beside the version, from the facts of the report; all of them when not said. */
  facts?: (facts: Readonly<Record<string, string>>) => readonly (string | null | undefined)[];
  /** At the right of the title: menus of actions on the engine as a whole. */
  actions?: ReactNode;
  children: ReactNode;
};

/** The frame of an engine's page; it renders from what this process knows, whether or not the engine answers. */
export async function EnginePage({ engine, searchParams, figures, charts, facts, actions, children }: EnginePageProps) {
  const [view, params] = await Promise.all([load(getEngine, { engine }), searchParams]);
  const { health, report } = view;
  return (
    <Page crumbs={[{ label: "Databases" }, { label: "Health", href: "/health" }, { label: ENGINE_LABELS[engine] }]}>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
        <Title view={view} facts={(facts ?? allFacts)(report?.facts ?? {})} />
        <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
          {report ? <WatchingCost costs={report.costs} /> : null}
          <LiveRefresh initial={[health]} measured={report?.at ?? null} />
          <Segmented label="Time range" segments={rangeLinks(`/health/${engine}`, params)} />
          {actions}
        </div>
      </div>
      <EngineBanner health={health} report={report} />
      <Figures figures={figures} report={report} />
      <Suspense fallback={<PanelSkeleton title="History" />}>
        <EngineCharts engine={engine} range={rangeOf(params)} charts={charts} />
      </Suspense>
      {children}
    </Page>
  );
}

function allFacts(facts: Readonly<Record<string, string>>): string[] {
  return Object.entries(facts).map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`);
}

type TitleProps = { view: EngineView; facts: readonly (string | null | undefined)[] };

function Title({ view: { health }, facts }: TitleProps) {
  const { engine, status, version, since } = health;
  return (
    <div className="flex min-w-0 flex-1 basis-80 items-center gap-2.5">
      <Tile code={ENGINE_TILES[engine]} size={32} />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="text-2xl font-semibold tracking-[-0.02em] max-md:sr-only">{ENGINE_LABELS[engine]}</h1>
          <EngineBadge status={status} />
          <StatusSince since={since} />
        </div>
        <p className="text-sm text-text-2 [overflow-wrap:anywhere]">{[version, ...facts].filter(Boolean).join(", ")}</p>
      </div>
    </div>
  );
}
