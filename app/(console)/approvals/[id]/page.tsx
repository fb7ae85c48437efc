import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { approveRequest } from "@/lib/approvals/commands";
import { getApproval } from "@/lib/approvals/queries";
import type { ApprovalDetail } from "@/lib/approvals/schema";
import { load, rehearsal } from "@/lib/next/load";
import type { Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { viewer } from "../../viewer";
import { RequestList } from "../request-list";
import { STATUS_WORDS, targetHref, titleOf, type View } from "../words";
import { Asked } from "./asked";
import { Decide } from "./decide";
import { Numbers } from "./numbers";
import { WhyItWaits } from "./why-it-waits";

export const metadata: Metadata = { title: "Approval" };

/** The view in which a request stands, for those who came by a link. */
function viewOf({ mine, status }: ApprovalDetail): View {
  if (mine) return "mine";
  return status === "waiting" ? "for-me" : "decided";
}

type ApprovalPageProps = { params: Promise<{ id: string }>; searchParams: Promise<Params> };

export default async function ApprovalPage({ params, searchParams }: ApprovalPageProps) {
  const [{ id }, search, { may }] = await Promise.all([params, searchParams, viewer()]);
  const request = await load(getApproval, { id });
  const now = request.refused === null ? await rehearsal(approveRequest, { id }) : null;
  const title = titleOf(request);
  const href = targetHref(request);
  return (
    <Page
      crumbs={[{ label: "Approvals", href: "/approvals" }, { label: title }]}
      className="grid content-start gap-4 lg:grid-cols-[260px_minmax(0,1fr)]"
    >
      <aside aria-label="Requests" className="grid content-start gap-3 max-lg:hidden">
        <Suspense fallback={<PanelSkeleton title="Requests" />}>
          <RequestList params={{ view: viewOf(request), ...search }} mayDecide={may("approvals.decide")} active={id} />
        </Suspense>
      </aside>
      <div className="grid min-w-0 content-start gap-3.5">
        <PageTitle title={title}>
          <Status status={STATUS_WORDS[request.status]} />
          {href ? (
            <Link href={href} prefetch={false} className="link">
              Open {request.target_type}
            </Link>
          ) : null}
          {request.status === "waiting" ? (
            <span className="ml-auto text-sm text-text-3">
              ends <Time value={request.expires_at} focusable />
            </span>
          ) : null}
        </PageTitle>
        <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_260px]">
          <div className="grid min-w-0 gap-3.5">
            <Asked request={request} seesAudit={may("audit.read")} />
            <Numbers request={request} now={now} />
            <Decide request={request} title={title} />
          </div>
          <WhyItWaits request={request} may={may} />
        </div>
      </div>
    </Page>
  );
}
