import { CreditCard } from "lucide-react";
import { Suspense } from "react";
import { cleared } from "@/components/data-table/list-filters";
import { ListFooter, PAGE_SIZES } from "@/components/data-table/list-footer";
import { FilteredAway, ListFrame, NoHit } from "@/components/data-table/list-state";
import { Empty } from "@/components/ui/empty";
import { Note } from "@/components/ui/note";
import type { Attempt } from "@/lib/next/load";
import type { SubscriptionPage } from "@/lib/subscriptions/schema";
import { FailureState } from "../failure-state";
import type { May } from "../viewer";
import { SUBSCRIPTIONS, type SubscriptionsQuery } from "./list-query";
import { SubscriptionsTable } from "./subscriptions-table";
import { Totals } from "./totals";

type SubscriptionsListProps = { query: SubscriptionsQuery; list: Promise<Attempt<SubscriptionPage>>; may: May };

export async function SubscriptionsList({ query, list, may }: SubscriptionsListProps) {
  const result = await list;
  if (!result.ok) {
    return (
      <ListFrame>
        <FailureState failure={result.failure} what="subscriptions" href={query.href({})} clearHref={SUBSCRIPTIONS} />
      </ListFrame>
    );
  }
  const { data, page } = result.value;
  return (
    <>
      {page.more_people ? (
        <Note tone="warn" className="mb-2.5 flex-none">
          Very many people start with “{query.input.q}”. Only the first 2,000 were looked at: write more of the name.
        </Note>
      ) : null}
      {data.length > 0 ? (
        <SubscriptionsTable query={query} page={result.value} may={may} />
      ) : (
        <ListFrame>
          <Nothing query={query} />
        </ListFrame>
      )}
      {data.length > 0 ? (
        <Suspense>
          <Totals query={query} />
        </Suspense>
      ) : null}
      <ListFooter query={query} shown={data.length} page={page} sizes={PAGE_SIZES} />
    </>
  );
}

/** The search has no hit, the filters hide all, or nobody has subscribed yet. */
function Nothing({ query }: { query: SubscriptionsQuery }) {
  const { input, chips, href } = query;
  if (chips.length > 0) {
    return (
      <FilteredAway
        title={`No subscription where ${chips.map((chip) => `${chip.field.toLowerCase()} is ${chip.value}`).join(" and ")}`}
        clearHref={cleared(query)}
      />
    );
  }
  if (input.q !== undefined) {
    return (
      <NoHit title={`Nothing starts with “${input.q}”`} clearHref={href({ q: null })}>
        A customer is found by the start of their name or e-mail, a subscription or a payment by its whole id.
      </NoHit>
    );
  }
  return (
    <Empty icon={CreditCard} title="No subscriptions yet" role="status">
      They appear here when somebody subscribes.
    </Empty>
  );
}
