import { Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { attempt } from "@/lib/next/load";
import { totalSubscriptions } from "@/lib/subscriptions/queries";
import type { SubscriptionsQuery } from "./list-query";

/** What all that is filtered brings in a month and owes, one currency beside the other. */
export async function Totals({ query }: { query: SubscriptionsQuery }) {
  const result = await attempt(totalSubscriptions, query.filters);
  if (!result.ok) {
    return <p className="flex-none border-t py-2 text-sm text-text-3">Not added up: {result.failure.message}</p>;
  }
  const { data } = result.value;
  if (data.length === 0) return null;
  return (
    <dl
      aria-label="Totals of what is filtered"
      className="flex flex-none flex-wrap gap-x-6 gap-y-0.5 border-t py-2 text-sm"
    >
      {data.map(({ currency, count, monthly_minor, balance_due_minor }) => (
        <div key={currency} className="flex flex-wrap items-baseline gap-x-1.5">
          <dt className="text-text-3">
            {currency}, {formatNumber(count)}
          </dt>
          <dd>
            <Money minor={monthly_minor} currency={currency} className="font-medium" />{" "}
            <span className="text-text-3">a month</span>
          </dd>
          {balance_due_minor === 0 ? null : (
            <dd className="text-warn">
              <Money minor={balance_due_minor} currency={currency} /> due
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
