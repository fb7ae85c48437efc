import Link from "next/link";
import { Count, formatNumber } from "@/components/ui/number";
import { attempt, type Attempt } from "@/lib/next/load";
import { countSubscriptions } from "@/lib/subscriptions/queries";
import type { SubscriptionPage } from "@/lib/subscriptions/schema";
import type { SubscriptionsQuery } from "./list-query";

type SubscriptionCountProps = { query: SubscriptionsQuery; list: Promise<Attempt<SubscriptionPage>> };

/** Estimated at once, exact on demand. */
export async function SubscriptionCount({ query, list }: SubscriptionCountProps) {
  if (query.exactly) return <ExactCount query={query} />;
  const result = await list;
  if (!result.ok) return null;
  const { estimated_total: total, exact } = result.value.page;
  return (
    <>
      <span className="ml-1 text-text-3">
        <Count value={total} exact={exact} />
      </span>
      {exact ? null : (
        <Link href={query.href({ count: "exact" })} scroll={false} prefetch={false} className="link ml-1 text-sm">
          Count exactly
        </Link>
      )}
    </>
  );
}

async function ExactCount({ query: { filters } }: { query: SubscriptionsQuery }) {
  const counted = await attempt(countSubscriptions, filters);
  return (
    <span role="status" className="ml-1 text-text-3">
      {counted.ok ? `${formatNumber(counted.value.total)} exact` : `Not counted: ${counted.failure.message}`}
    </span>
  );
}
