import type { Metadata } from "next";
import { Suspense } from "react";
import { getEngine } from "@/lib/health/queries";
import { listSessions } from "@/lib/health/postgres/queries";
import { attempt, load } from "@/lib/next/load";
import { flat, type Params } from "../../list-params";
import { viewer } from "../../viewer";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { EnginePage } from "../frame/engine-page";
import { BloatPanel } from "./bloat-panel";
import { ChecksPanel } from "./checks-panel";
import { FIGURES, chartsFor } from "./figures-of";
import { IndexesPanel } from "./indexes-panel";
import { LocksPanel } from "./locks-panel";
import { PlanPanel } from "./plan-panel";
import { ReplicationPanel } from "./replication-panel";
import { RunningPanel } from "./running-panel";
import { SessionsPanel } from "./sessions-panel";
import { SettingsPanel } from "./settings-panel";
import { StatementsPanel } from "./statements-panel";
import { TablesPanel } from "./tables-panel";
import { VacuumPanel } from "./vacuum-panel";

export const metadata: Metadata = { title: "PostgreSQL" };

export default async function PostgresPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ report }, { may }, params] = await Promise.all([
    load(getEngine, { engine: "postgres" }),
    viewer(),
    searchParams,
  ]);
  const url = flat(params);
  const sessions = attempt(listSessions, {});
  return (
    <EnginePage
      engine="postgres"
      searchParams={searchParams}
      figures={FIGURES}
      charts={chartsFor(report?.values ?? {})}
    >
      {url["explain"] && url["role"] ? (
        <Suspense key={url["explain"]} fallback={<PanelSkeleton title="Plan" />}>
          <PlanPanel queryid={url["explain"]} role={url["role"]} params={url} />
        </Suspense>
      ) : null}
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-3">
          <Suspense fallback={<PanelSkeleton title="Queries" rows={8} />}>
            <StatementsPanel params={url} may={may} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Running now" />}>
            <RunningPanel sessions={sessions} may={may} />
          </Suspense>
        </div>
        <div className="grid min-w-0 gap-3">
          <Suspense fallback={<PanelSkeleton title="Lock tree" />}>
            <LocksPanel may={may} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Sessions" />}>
            <SessionsPanel sessions={sessions} />
          </Suspense>
        </div>
      </div>
      {url["bloat"] && url["schema"] ? (
        <Suspense key={`${url["schema"]}.${url["bloat"]}`} fallback={<PanelSkeleton title="Bloat" rows={4} />}>
          <BloatPanel schema={url["schema"]} table={url["bloat"]} params={url} />
        </Suspense>
      ) : null}
      <div className="grid items-start gap-3 min-[1400px]:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <Suspense fallback={<PanelSkeleton title="Largest tables" rows={8} />}>
          <TablesPanel params={url} may={may} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Index use" rows={8} />}>
          <IndexesPanel params={url} may={may} />
        </Suspense>
      </div>
      <div className="grid items-start gap-3 md:grid-cols-2 xl:grid-cols-3">
        <ChecksPanel report={report} />
        <Suspense fallback={<PanelSkeleton title="Replication and WAL" />}>
          <ReplicationPanel />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Vacuum and wraparound" />}>
          <VacuumPanel />
        </Suspense>
      </div>
      <Suspense fallback={<PanelSkeleton title="Settings" />}>
        <SettingsPanel />
      </Suspense>
    </EnginePage>
  );
}
