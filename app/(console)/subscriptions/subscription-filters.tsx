import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { FilterBar } from "@/components/data-table/filter-bar";
import { FilterMenu } from "@/components/data-table/filter-menu";
import { SearchField } from "@/components/data-table/search-field";
import { Chip } from "@/components/ui/chip";
import type { PlanWithPrices } from "@/lib/plans/schema";
import { ColumnsMenu } from "./columns-menu";
import { FilterFields } from "./filter-fields";
import { FILTER_NAMES, SUBSCRIPTIONS, type SubscriptionsQuery } from "./list-query";

type SubscriptionFiltersProps = { query: SubscriptionsQuery; plans: readonly PlanWithPrices[]; children: ReactNode };

/** Search, tabs, chips, + Filter and the choice of columns; `children` are the tabs. */
export function SubscriptionFilters({ query, plans, children }: SubscriptionFiltersProps) {
  const { given, ignored, chips, href, columns } = query;
  const { q, sort, limit, ...filters } = given;
  const clear = href(Object.fromEntries(FILTER_NAMES.map((name) => [name, null])));
  return (
    <FilterBar
      className="pt-3.5"
      search={
        <Form action={SUBSCRIPTIONS} className="max-md:w-full">
          {Object.entries({ ...filters, sort, limit }).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <SearchField
            label="Search subscriptions"
            placeholder="Customer or id"
            value={q ?? ""}
            mode={
              <span
                title="PostgreSQL: the beginning of a name or e-mail, or a whole id or processor's number"
                className="flex h-6 items-center rounded-sm bg-off-soft px-[7px] text-sm font-medium whitespace-nowrap text-off"
              >
                Starts with
              </span>
            }
          />
        </Form>
      }
      chips={
        <>
          {children}
          {chips.map(({ name, ...chip }) => (
            <Chip key={name} {...chip} />
          ))}
          {ignored.map(({ name, value }) => (
            <Chip key={name} field={name} operator="ignored" value={value} removeHref={href({})} />
          ))}
          <FilterMenu action={SUBSCRIPTIONS} keep={{ q, sort, limit, user_id: given["user_id"] }}>
            <FilterFields given={given} plans={plans} />
          </FilterMenu>
          {chips.length > 0 ? (
            <Link href={clear} scroll={false} className="px-1.5 font-medium text-text-2 hover:text-text">
              Clear
            </Link>
          ) : null}
        </>
      }
      aside={<ColumnsMenu shown={columns} />}
    />
  );
}
