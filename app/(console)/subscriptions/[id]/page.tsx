import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { load } from "@/lib/next/load";
import { getSubscription } from "@/lib/subscriptions/queries";
import type { Params } from "../../list-params";
import { PanelSkeleton } from "../../users/[id]/panel-skeleton";
import { viewer } from "../../viewer";
import { ChangeSlot } from "./change-slot";
import { CreditsCard } from "./credits-card";
import { LedgerCard } from "./ledger-card";
import { NextCard } from "./next-card";
import { OpenCard } from "./open-card";
import { pageQuery } from "./page-query";
import { PaymentsCard } from "./payments-card";
import { SubscriptionFigures } from "./subscription-figures";
import { SubscriptionHead } from "./subscription-head";
import { isRunning } from "./target";
import { TimelineCard } from "./timeline-card";

export const metadata: Metadata = { title: "Subscription" };

type SubscriptionPageProps = { params: Promise<{ id: string }>; searchParams: Promise<Params> };

export default async function SubscriptionPage({ params, searchParams }: SubscriptionPageProps) {
  const subscription = await load(getSubscription, { id: (await params).id });
  const { may } = await viewer();
  const { id, customer, plan } = subscription;
  const query = pageQuery(id, await searchParams);
  const changes = query.panel === "change" && may("subscriptions.change") && isRunning(subscription);
  return (
    <Page
      crumbs={[
        { label: "Subscriptions", href: "/subscriptions" },
        { label: customer.display_name, href: `/users/${subscription.user_id}` },
        { label: plan.name },
      ]}
    >
      <SubscriptionHead {...{ subscription, may }} changeHref={query.href({ panel: "change" })} />
      <SubscriptionFigures subscription={subscription} />
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_396px]">
        <div className="grid min-w-0 gap-3.5 max-xl:order-2">
          <Suspense fallback={<PanelSkeleton title="Ledger" rows={12} />}>
            <LedgerCard id={id} query={query} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Payments" />}>
            <PaymentsCard {...{ subscription, may }} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Timeline" />}>
            <TimelineCard id={id} />
          </Suspense>
        </div>
        <div className="grid min-w-0 gap-3.5">
          {changes ? (
            <Suspense fallback={<PanelSkeleton title="Change plan" rows={8} />}>
              <ChangeSlot subscription={subscription} closeHref={query.href({ panel: null })} />
            </Suspense>
          ) : null}
          <NextCard {...{ subscription, may }} />
          <Suspense fallback={<PanelSkeleton title="Open charges" rows={2} />}>
            <OpenCard {...{ subscription, may }} />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Credit" rows={2} />}>
            <CreditsCard {...{ subscription, may }} />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
