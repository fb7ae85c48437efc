import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { PanelSkeleton } from "../users/[id]/panel-skeleton";
import { viewer } from "../viewer";
import { PlanButton } from "./plan-button";
import { PlanList } from "./plan-list";

export const metadata: Metadata = { title: "Plans" };

export default async function PlansPage() {
  const { may } = await viewer();
  const edits = may("plans.edit");
  return (
    <Page crumbs={[{ label: "Plans" }]} className="grid content-start gap-3.5">
      <PageTitle
        title="Plans"
        actions={
          edits ? (
            <PlanButton form="create" plan={null} variant="primary" size="md">
              <Plus size={14} aria-hidden />
              New plan
            </PlanButton>
          ) : null
        }
      >
        <span className="ml-1 text-text-3">What is sold. A price is never edited, only superseded.</span>
      </PageTitle>
      <Suspense fallback={<PanelSkeleton title="Plans" />}>
        <PlanList edits={edits} />
      </Suspense>
    </Page>
  );
}
