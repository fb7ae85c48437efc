import type { Metadata } from "next";
import { Suspense } from "react";
import type { ChartSpec } from "@/components/charts/plot-data";
import { formatValue } from "@/components/ui/value";
import { viewer } from "../../viewer";
import { flat, type Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { EnginePage } from "../frame/engine-page";
import type { Figure } from "../frame/figures";
import { CollectionsCard } from "./collections-card";
import { CreateIndexButton } from "./create-index-button";
import { IndexesCard } from "./indexes-card";
import { MembersCard } from "./members-card";
import { RunningCard } from "./running-card";
import { SlowCard } from "./slow-card";

export const metadata: Metadata = { title: "MongoDB" };

const shown = formatValue;

const FIGURES: readonly Figure[] = [
  {
    label: "Connections",
    signal: "connections",
    unit: "count",
    check: "connections",
    hint: ({ connections_used: used, connections_limit: limit }) =>
      `${shown(used, "percent")} of ${shown(limit, "count")}`,
  },
  {
    label: "Operations",
    value: ({ queries, writes, commands }) =>
      queries == null || writes == null ? null : shown(queries + writes + (commands ?? 0), "per_s"),
    hint: ({ queries, writes }) => `${shown(queries, "per_s")} queries, ${shown(writes, "per_s")} writes`,
  },
  {
    label: "Cache used",
    signal: "cache_used",
    unit: "percent",
    check: "cache",
    hint: ({ cache_bytes: bytes, cache_limit: limit, cache_dirty: dirty }) =>
      `${shown(bytes, "bytes")} of ${shown(limit, "bytes")}, dirty ${shown(dirty, "percent")}`,
  },
  {
    label: "Queued",
    signal: "queued",
    unit: "count",
    check: "server figures",
    hint: ({ active_ops: active }) => `${shown(active, "count")} running`,
  },
  { label: "Replica lag", signal: "lag_s", unit: "s", check: "members", hint: "slowest member" },
  { label: "Oplog window", signal: "oplog_s", unit: "s", check: "oplog window", hint: "oldest change kept" },
];

const CHARTS: readonly ChartSpec[] = [
  { title: "Operations", signals: ["queries", "writes", "commands"], kind: "area", note: "per s" },
  { title: "Cache", signals: ["cache_used", "cache_dirty"], kind: "line", note: "% of its size" },
  { title: "Running and waiting", signals: ["active_ops", "queued"], kind: "line", note: "operations" },
];

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
