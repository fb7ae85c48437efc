import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { Segmented } from "@/components/ui/segmented";
import { ENGINES } from "@/lib/databases/schema";
import { getEngine, getHealth } from "@/lib/health/queries";
import type { EngineView } from "@/lib/health/schema";
import { load } from "@/lib/next/load";
import type { Params } from "../list-params";
import { PanelSkeleton } from "../users/[id]/panel-skeleton";
import { viewer } from "../viewer";
import { LiveRefresh } from "./frame/live-refresh";
import { rangeLinks, rangeOf } from "./frame/range";
import { AnswerChart } from "./overview/answer-chart";
import { Costs } from "./overview/costs";
import { Doctor } from "./overview/doctor";
import { EngineCard } from "./overview/engine-card";
import { LiveOverall } from "./overview/live-overall";
import { MaintenanceButton, RunningMaintenance } from "./overview/maintenance";

export const metadata: Metadata = { title: "Health" };

/** Which store, since when, why, what next: from what this process knows, so that it answers while engines do not. */
export default async function HealthPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [params, { may }, { engines }, views] = await Promise.all([
    searchParams,
    viewer(),
    load(getHealth, {}),
    engineViews(),
  ]);
  const range = rangeOf(params);
  const measured = views.flatMap(({ report }) => report?.at ?? []).sort();
  return (
    <Page crumbs={[{ label: "Databases" }, { label: "Health" }]}>
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] max-md:sr-only">Health</h1>
        <LiveOverall initial={engines} />
        <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
          <LiveRefresh initial={engines} measured={measured.at(-1) ?? null} />
          <Segmented label="Time range" segments={rangeLinks("/health", params)} />
          {may("health.maintain") ? <MaintenanceButton /> : null}
        </div>
      </div>
      <Suspense>
        <RunningMaintenance mayEnd={may("health.maintain")} />
      </Suspense>
      <div className="grid gap-3 lg:grid-cols-2">
        {views.map((view) => (
          <EngineCard key={view.health.engine} view={view} range={range} />
        ))}
      </div>
      <Suspense fallback={<PanelSkeleton title="Answer time and admin actions" />}>
        <AnswerChart range={range} />
      </Suspense>
      <div className="grid items-start gap-3 xl:grid-cols-2">
        <Doctor views={views} />
        <Costs views={views} />
      </div>
    </Page>
  );
}

/** One after the other: a page does not take all connections for its last incidents. */
async function engineViews(): Promise<EngineView[]> {
  const views: EngineView[] = [];
  for (const engine of ENGINES) views.push(await load(getEngine, { engine }));
  return views;
}
