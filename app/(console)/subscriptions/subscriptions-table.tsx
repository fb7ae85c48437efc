import Link from "next/link";
import type { ReactNode } from "react";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Avatar } from "@/components/ui/avatar";
import { Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { dayText } from "@/lib/subscriptions/client";
import type { SubscriptionPage, SubscriptionRow } from "@/lib/subscriptions/schema";
import type { May } from "../viewer";
import { mayOf, rowTargetOf } from "./[id]/target";
import { COLUMNS, SLOTS, type Column } from "./columns";
import { sortOf, type SubscriptionsQuery } from "./list-query";
import { NextStep } from "./next-step";
import { SubscriptionRowMenu } from "./row-menu";
import { SubscriptionBadge } from "./status-badge";

type SubscriptionsTableProps = { query: SubscriptionsQuery; page: SubscriptionPage; may: May };

const NUMERIC: readonly Column[] = ["price", "monthly", "due"];

export function SubscriptionsTable({ query, page: { data, page }, may }: SubscriptionsTableProps) {
  const { columns } = query;
  const offered = mayOf(may);
  return (
    <Table caption={`Subscriptions, ${formatNumber(data.length)} of ${formatNumber(page.estimated_total)}`} cards>
      <thead>
        <tr>
          <Th>Customer</Th>
          {columns.map((name) => (
            <Th
              key={name}
              numeric={NUMERIC.includes(name)}
              from={name === "pays" ? "lg" : undefined}
              sort={sortable(name, query)}
            >
              {COLUMNS[name]}
            </Th>
          ))}
          <Th width={50}>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {data.map((row) => (
          <Row key={row.id}>
            <Td slot="title">
              <span className="flex min-w-0 items-center gap-2">
                <Avatar id={row.user_id} name={row.customer.display_name} className="card-avatar" />
                <Link
                  href={`/subscriptions/${row.id}`}
                  prefetch={false}
                  data-row-link=""
                  title={row.customer.email}
                  className="truncate rounded-xs font-medium"
                >
                  {row.customer.display_name || row.customer.email}
                </Link>
              </span>
            </Td>
            {columns.map((name) => (
              <Cell key={name} name={name} row={row} />
            ))}
            <Td slot="menu" className="text-right">
              <SubscriptionRowMenu target={rowTargetOf(row)} may={offered} />
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Amounts are ordered within one currency only. */
function sortable(name: Column, query: SubscriptionsQuery) {
  if (name === "next") return sortOf(query, "next", "-next");
  if (name === "since") return sortOf(query, "oldest", "newest", "newest");
  if (name === "monthly" && query.input.currency?.length === 1) return sortOf(query, "monthly", "-monthly", "-monthly");
  return undefined;
}

function Cell({ name, row }: { name: Column; row: SubscriptionRow }) {
  return (
    <Td
      slot={SLOTS[name]}
      numeric={NUMERIC.includes(name)}
      from={name === "pays" ? "lg" : undefined}
      muted={name === "pays" || name === "since" || name === "next"}
    >
      {CELLS[name](row)}
    </Td>
  );
}

const CELLS: Record<Column, (row: SubscriptionRow) => ReactNode> = {
  plan: ({ plan, quantity }) => (
    <>
      {plan.name} <span className="text-text-3">{quantity === 1 ? "1 seat" : `${formatNumber(quantity)} seats`}</span>
    </>
  ),
  status: (row) => <SubscriptionBadge subscription={row} />,
  price: ({ price, quantity, currency }) => (
    <>
      <Money minor={price.amount_minor * quantity} currency={currency} />
      <span className="text-text-3">
        {" "}
        / {price.period_count === 1 ? price.period : `${price.period_count} ${price.period}s`}
      </span>
    </>
  ),
  monthly: ({ monthly_minor, currency }) => <Money minor={monthly_minor} currency={currency} className="font-medium" />,
  next: (row) => <NextStep subscription={row} />,
  pays: ({ payment_method }) => payment_method ?? <span className="text-text-3">None yet</span>,
  since: ({ created_at }) => dayText(created_at),
  due: ({ balance_due_minor, currency }) =>
    balance_due_minor === 0 ? (
      <span className="text-text-3">–</span>
    ) : (
      <Money minor={balance_due_minor} currency={currency} className="text-warn" />
    ),
};
