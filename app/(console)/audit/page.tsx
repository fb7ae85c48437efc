import type { Metadata } from "next";
import { Suspense } from "react";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Page, PageTitle } from "@/components/shell/page";
import { auditFacets, listAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import type { Params } from "../list-params";
import { viewer } from "../viewer";
import { AuditFacets } from "./audit-facets";
import { AuditFilters } from "./audit-filters";
import { AuditList } from "./audit-list";
import { ChainBadge } from "./chain-badge";
import { auditQuery } from "./list-query";
import { VerifyButton } from "./verify-button";
import { Volume } from "./volume";

export const metadata: Metadata = { title: "Audit log" };

const COLUMNS = ["#", "UTC", "Actor", "Action", "Target", "What"].map((label) => ({ label }));

export default async function AuditPage({ searchParams }: { searchParams: Promise<Params> }) {
  const query = auditQuery(await searchParams);
  const { may } = await viewer();
  const { limit: _limit, after: _after, before: _before, ...filters } = query.input;
  const list = attempt(listAudit, query.input);
  const facets = attempt(auditFacets, filters);
  return (
    <Page list crumbs={[{ label: "Audit log" }]}>
      <PageTitle title="Audit log" actions={may("audit.verify") ? <VerifyButton /> : null}>
        <Suspense>
          <ChainBadge />
        </Suspense>
      </PageTitle>
      <div className="-mx-5 mt-3 grid min-h-0 flex-1 border-t max-md:-mx-4 lg:grid-cols-[212px_minmax(0,1fr)]">
        <Suspense fallback={<div className="border-r max-lg:hidden" />}>
          <AuditFacets query={query} facets={facets} />
        </Suspense>
        <div className="flex min-h-0 min-w-0 flex-col px-5 max-md:px-4">
          <AuditFilters query={query} />
          <Suspense fallback={<div className="h-[72px]" />}>
            <Volume facets={facets} />
          </Suspense>
          <Suspense fallback={<TableSkeleton columns={COLUMNS} cards={false} />}>
            <AuditList query={query} list={list} />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
