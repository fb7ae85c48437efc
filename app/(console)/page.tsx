import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { ApprovalsCard } from "./home/approvals-card";
import { AuditCard } from "./home/audit-card";
import { Attention } from "./home/attention";
import { DatabasesCard } from "./home/databases-card";
import { Greeting } from "./home/greeting";
import { RevenueCard } from "./home/revenue-card";
import { RiskyCard } from "./home/risky-card";
import { SignUpsCard } from "./home/sign-ups-card";
import { StatusCard } from "./home/status-card";
import { flat, type Params } from "./list-params";
import { PanelSkeleton } from "./users/[id]/panel-skeleton";
import { viewer } from "./viewer";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage({ searchParams }: { searchParams: Promise<Params> }) {
  const [params, { display_name: name, may }] = await Promise.all([searchParams, viewer()]);
  return (
    <Page crumbs={[{ label: "Home" }]}>
      <Greeting name={name} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,400px)]">
        <div className="grid min-w-0 gap-3">
          <Suspense fallback={<PanelSkeleton title="Needs attention" rows={2} />}>
            <Attention may={may} />
          </Suspense>
          {may("subscriptions.figures") ? (
            <Suspense fallback={<PanelSkeleton title="Revenue" rows={8} />}>
              <RevenueCard currency={flat(params)["currency"]} mayRebuild={may("subscriptions.bill")} />
            </Suspense>
          ) : null}
          {may("users.count") ? (
            <Suspense fallback={<PanelSkeleton title="New users a day" />}>
              <SignUpsCard />
            </Suspense>
          ) : null}
          {may("audit.read") ? (
            <Suspense fallback={<PanelSkeleton title="Suspensions" />}>
              <RiskyCard />
            </Suspense>
          ) : null}
        </div>
        <div className="grid min-w-0 gap-3">
          {may("approvals.decide") ? (
            <Suspense fallback={<PanelSkeleton title="Approvals waiting for you" rows={2} />}>
              <ApprovalsCard />
            </Suspense>
          ) : null}
          {may("health.read") ? <DatabasesCard /> : null}
          {may("users.count") ? (
            <Suspense fallback={<PanelSkeleton title="Users by status" />}>
              <StatusCard />
            </Suspense>
          ) : null}
          {may("audit.read") ? (
            <Suspense fallback={<PanelSkeleton title="Audit chain" rows={2} />}>
              <AuditCard />
            </Suspense>
          ) : null}
        </div>
      </div>
    </Page>
  );
}
