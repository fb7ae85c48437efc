import type { Metadata } from "next";
import { Suspense } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { countApprovals } from "@/lib/approvals/queries";
import { load } from "@/lib/next/load";
import type { Params } from "../list-params";
import { PanelSkeleton } from "../users/[id]/panel-skeleton";
import { viewer } from "../viewer";
import { RequestList } from "./request-list";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [params, { may }] = await Promise.all([searchParams, viewer(), load(countApprovals, {})]);
  return (
    <Page crumbs={[{ label: "Approvals" }]} className="grid max-w-[760px] content-start gap-3.5">
      <PageTitle title="Approvals">
        <span className="ml-1 text-text-3">what a second person decides, within 24 h</span>
      </PageTitle>
      <Suspense fallback={<PanelSkeleton title="Requests" />}>
        <RequestList params={params} mayDecide={may("approvals.decide")} />
      </Suspense>
    </Page>
  );
}
