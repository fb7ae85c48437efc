import type { Metadata } from "next";
import { Suspense } from "react";
import { viewer } from "../../viewer";
import { flat, type Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { EnginePage } from "../frame/engine-page";
import { CollectionsCard } from "./collections-card";
import { CreateIndexButton } from "./create-index-button";
import { CHARTS, FIGURES } from "./figures";
import { IndexesCard } from "./indexes-card";
import { MembersCard } from "./members-card";
import { RunningCard } from "./running-card";
import { SlowCard } from "./slow-card";

export const metadata: Metadata = { title: "MongoDB" };

export default async function MongoPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ may }, params] = await Promise.all([viewer(), searchParams]);
  const mayIndex = may("health.mongodb.create-index");
  return (
    <EnginePage
      engine="mongodb"
      searchParams={searchParams}
      figures={FIGURES}
      charts={CHARTS}
      actions={mayIndex ? <CreateIndexButton size="md" /> : null}
    >
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <Suspense fallback={<PanelSkeleton title="Slow operations" />}>
          <SlowCard params={flat(params)} mayIndex={mayIndex} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Running now" />}>
          <RunningCard mayKill={may("health.mongodb.kill-operation")} />
        </Suspense>
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1.1fr)_minmax(0,0.9fr)]">
        <Suspense fallback={<PanelSkeleton title="Collections" />}>
          <CollectionsCard params={flat(params)} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Index use" />}>
          <IndexesCard mayDrop={may("health.mongodb.drop-index")} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Members and checks" />}>
          <MembersCard />
        </Suspense>
      </div>
    </EnginePage>
  );
}
