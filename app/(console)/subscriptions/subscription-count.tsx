import { ExactCount, ListCount } from "@/components/data-table/list-count";
import { formatNumber } from "@/components/ui/number";
import { attempt, type Attempt } from "@/lib/next/load";
import { countSubscriptions } from "@/lib/subscriptions/queries";
import type { SubscriptionPage } from "@/lib/subscriptions/schema";
import type { SubscriptionsQuery } from "./list-query";

type SubscriptionCountProps = { query: SubscriptionsQuery; list: Promise<Attempt<SubscriptionPage>> };

/** Estimated at once, exact on demand. */
export async function SubscriptionCount({ query, list }: SubscriptionCountProps) {
  if (query.exactly) {
    const counted = await attempt(countSubscriptions, query.filters);
    return (
      <ExactCount>
        {counted.ok ? `${formatNumber(counted.value.total)} exact` : `Not counted: ${counted.failure.message}`}
      </ExactCount>
    );
  }
  const result = await list;
  return result.ok ? <ListCount page={result.value.page} href={query.href} /> : null;
}
