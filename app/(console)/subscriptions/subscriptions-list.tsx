import { CreditCard } from "lucide-react";
import { Suspense } from "react";
import { ListFooter } from "@/components/data-table/list-footer";
import { FilteredAway, NoHit } from "@/components/data-table/list-state";
import { Pager } from "@/components/data-table/pager";
import { Empty } from "@/components/ui/empty";
import { Note } from "@/components/ui/note";
import { Count, formatNumber } from "@/components/ui/number";
import { Segmented } from "@/components/ui/segmented";
import type { Attempt } from "@/lib/next/load";
import type { SubscriptionPage } from "@/lib/subscriptions/schema";
import { FailureState } from "../failure-state";
import { FILTER_NAMES, SUBSCRIPTIONS, type SubscriptionsQuery } from "./list-query";
import { SubscriptionsTable } from "./subscriptions-table";
import { Totals } from "./totals";

type SubscriptionsListProps = { query: SubscriptionsQuery; list: Promise<Attempt<SubscriptionPage>> };

const FRAME = "-mx-5 grid min-h-0 flex-1 border-t max-md:-mx-4";
const SIZES = [25, 50, 100];

export async function SubscriptionsList({ query, list }: SubscriptionsListProps) {
  const result = await list;
  if (!result.ok) {
    return (
      <div className={FRAME}>
        <FailureState failure={result.failure} what="subscriptions" href={query.href({})} clearHref={SUBSCRIPTIONS} />
      </div>
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
        <SubscriptionsTable query={query} page={result.value} />
      ) : (
        <div className={FRAME}>
          <Nothing query={query} />
        </div>
      )}
      {data.length > 0 ? (
        <Suspense>
          <Totals query={query} />
        </Suspense>
      ) : null}
      <ListFooter
        aside={<PageSize query={query} />}
        pager={
          <Pager
            first={query.input.after || query.input.before ? query.href({}) : null}
            previous={page.previous ? query.href({ before: page.previous }) : null}
            next={page.next ? query.href({ after: page.next }) : null}
          />
        }
      >
        <b className="font-medium text-text">{formatNumber(data.length)}</b> of{" "}
        <Count value={page.estimated_total} exact={page.exact} />
      </ListFooter>
    </>
  );
}

/** The search has no hit, the filters hide all, or nobody has subscribed yet. */
function Nothing({ query: { input, chips, href } }: { query: SubscriptionsQuery }) {
  if (chips.length > 0) {
    const cleared = Object.fromEntries(FILTER_NAMES.map((name) => [name, null]));
    return (
      <FilteredAway
        title={`No subscription where ${chips.map((chip) => `${chip.field.toLowerCase()} is ${chip.value}`).join(" and ")}`}
        clearHref={href(cleared)}
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

function PageSize({ query }: { query: SubscriptionsQuery }) {
  const sizes = SIZES.map((size) => ({
    label: String(size),
    href: query.href({ limit: size }),
    active: query.input.limit === size,
  }));
  return (
    <span className="flex items-center gap-2 max-md:hidden">
      Rows <Segmented small label="Rows on a page" segments={sizes} />
    </span>
  );
}
