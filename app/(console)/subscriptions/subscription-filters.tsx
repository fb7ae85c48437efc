import type { ReactNode } from "react";
import { ColumnsMenu } from "@/components/data-table/columns-menu";
import { ListFilters, ListSearch } from "@/components/data-table/list-filters";
import type { PlanWithPrices } from "@/lib/plans/schema";
import { COLUMNS, COLUMNS_COOKIE } from "./columns";
import { FIELDS, FilterFields } from "./filter-fields";
import { SUBSCRIPTIONS, type SubscriptionsQuery } from "./list-query";

type SubscriptionFiltersProps = { query: SubscriptionsQuery; plans: readonly PlanWithPrices[]; children: ReactNode };

/** Search, tabs, chips, + Filter and the choice of columns; `children` are the tabs. */
export function SubscriptionFilters({ query, plans, children }: SubscriptionFiltersProps) {
  return (
    <ListFilters
      action={SUBSCRIPTIONS}
      query={query}
      className="pt-3.5"
      search={
        <ListSearch
          action={SUBSCRIPTIONS}
          query={query}
          label="Search subscriptions"
          placeholder="Customer or id"
          mode={
            <span
              title="PostgreSQL: the beginning of a name or e-mail, or a whole id or processor's number"
              className="flex h-6 items-center rounded-sm bg-off-soft px-[7px] text-sm font-medium whitespace-nowrap text-off"
            >
              Starts with
            </span>
          }
        />
      }
      tabs={children}
      fields={FIELDS}
      aside={<ColumnsMenu columns={COLUMNS} shown={query.columns} cookie={COLUMNS_COOKIE} path={SUBSCRIPTIONS} />}
    >
      <FilterFields given={query.given} plans={plans} />
    </ListFilters>
  );
}
