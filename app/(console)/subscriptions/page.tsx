import { Download } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { Suspense } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { buttonStyle } from "@/components/ui/button-style";
import { attempt } from "@/lib/next/load";
import { listPlans } from "@/lib/plans/queries";
import { listSubscriptions } from "@/lib/subscriptions/queries";
import type { Params } from "../list-params";
import { viewer } from "../viewer";
import { COLUMNS_COOKIE, columnsOf } from "./columns";
import { EVENTS } from "./events/list-query";
import { FiguresStrip } from "./figures-strip";
import { subscriptionsQuery } from "./list-query";
import { NewButton } from "./new-button";
import { soldOf } from "./sold";
import { CountedTabs, StatusTabs } from "./status-tabs";
import { SubscriptionCount } from "./subscription-count";
import { SubscriptionFilters } from "./subscription-filters";
import { SubscriptionsList } from "./subscriptions-list";
import { SubscriptionsSkeleton } from "./subscriptions-skeleton";

export const metadata: Metadata = { title: "Subscriptions" };

export default async function SubscriptionsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [params, jar, { may }] = await Promise.all([searchParams, cookies(), viewer()]);
  const listed = may("plans.read") ? await attempt(listPlans, {}) : null;
  const plans = listed?.ok ? listed.value.data : [];
  const columns = columnsOf(params, jar.get(COLUMNS_COOKIE)?.value);
  const query = subscriptionsQuery(params, columns, (id) => plans.find((plan) => plan.id === id)?.name ?? id);
  const [only, ...others] = query.input.currency ?? [];
  const list = attempt(listSubscriptions, query.input);
  return (
    <Page list crumbs={[{ label: "Subscriptions" }]}>
      <PageTitle
        title="Subscriptions"
        actions={
          <>
            {may("subscriptions.read") ? (
              <a href={query.exportHref} download className={buttonStyle({})}>
                <Download size={14} aria-hidden />
                Export
              </a>
            ) : null}
            {may("subscriptions.create") && may("users.read") ? <NewButton sold={soldOf(plans)} /> : null}
          </>
        }
      >
        <Suspense>
          <SubscriptionCount query={query} list={list} />
        </Suspense>
        {may("subscriptions.read") ? (
          <Link href={EVENTS} className="link ml-1 text-sm">
            Processor events
          </Link>
        ) : null}
      </PageTitle>
      {may("subscriptions.figures") ? (
        <div className="flex-none pt-3">
          <Suspense>
            <FiguresStrip currency={others.length === 0 ? only : undefined} />
          </Suspense>
        </div>
      ) : null}
      <SubscriptionFilters query={query} plans={plans}>
        <Suspense fallback={<StatusTabs query={query} counts={null} />}>
          <CountedTabs query={query} />
        </Suspense>
      </SubscriptionFilters>
      <Suspense fallback={<SubscriptionsSkeleton columns={columns} />}>
        <SubscriptionsList {...{ query, list, may }} />
      </Suspense>
    </Page>
  );
}
