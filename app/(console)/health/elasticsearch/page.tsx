import type { Metadata } from "next";
import { Suspense } from "react";
import { flat, type Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { viewer } from "../../viewer";
import { EnginePage } from "../frame/engine-page";
import { AnswerCard } from "./answer-card";
import { ChecksCard } from "./checks-card";
import { DiskCard } from "./disk-card";
import { CHARTS, FIGURES } from "./figures";
import { IndicesCard } from "./indices-card";
import { PoolsCard } from "./pools-card";
import { ReportCard } from "./report-card";
import { ShardsCard } from "./shards-card";
import { TasksCard } from "./tasks-card";

export const metadata: Metadata = { title: "Elasticsearch" };

export default async function ElasticsearchPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ may }, params] = await Promise.all([viewer(), searchParams]);
  return (
    <EnginePage engine="elasticsearch" searchParams={searchParams} figures={FIGURES} charts={CHARTS}>
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <Suspense fallback={<PanelSkeleton title="Where the shards are" />}>
          <ShardsCard />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Copies without a home" />}>
          <AnswerCard wanted={flat(params).shard} mayRetry={may("health.elasticsearch.retry-allocation")} />
        </Suspense>
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2 xl:grid-cols-3">
        <Suspense fallback={<PanelSkeleton title="Disk and memory" />}>
          <DiskCard />
        </Suspense>
        <div className="grid min-w-0 gap-3">
          <Suspense fallback={<PanelSkeleton title="Queues" />}>
            <PoolsCard />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Tasks" />}>
            <TasksCard mayCancel={may("health.elasticsearch.cancel-task")} />
          </Suspense>
        </div>
        <Suspense fallback={<PanelSkeleton title="Health report" />}>
          <ReportCard mayClear={may("health.elasticsearch.clear-block")} />
        </Suspense>
      </div>
      <Suspense fallback={<PanelSkeleton title="Indices" />}>
        <IndicesCard
          mayRefresh={may("health.elasticsearch.refresh")}
          mayMerge={may("health.elasticsearch.force-merge")}
        />
      </Suspense>
      <Suspense fallback={<PanelSkeleton title="Checks" />}>
        <ChecksCard />
      </Suspense>
    </EnginePage>
  );
}
