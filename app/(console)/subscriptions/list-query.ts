import { formatMoney } from "@/components/ui/money";
import { hrefWith, turned, type Href } from "@/components/data-table/params";
import { STATUS_WORDS } from "@/lib/subscriptions/client";
import { ListSubscriptions, SUBSCRIPTION_STATUSES, type SubscriptionSort } from "@/lib/subscriptions/schema";
import { chipsOf, flat, readList, valuesOf, type Params } from "../list-params";
import type { Column } from "./columns";

export const SUBSCRIPTIONS = "/subscriptions";

const OWN = ["count", "columns"];

/** What the URL says of the list: the input of the query, and links that change one thing. */
export function subscriptionsQuery(params: Params, columns: readonly Column[], planName: (id: string) => string) {
  const { comparable, dropped } = oneCurrency(flat(params));
  const { input, given, ignored } = readList(ListSubscriptions, comparable, OWN);
  const kept = { ...given, ...(params["columns"] ? { columns: columns.join(",") } : {}) };
  const href: Href = (patch) =>
    hrefWith(SUBSCRIPTIONS, kept, patch.currency === null ? { ...patch, ...NO_AMOUNTS } : patch);
  const { sort: _sort, limit: _limit, after: _after, before: _before, ...filters } = given;
  return {
    input,
    given,
    kept,
    ignored: [...ignored, ...dropped],
    href,
    columns,
    filters,
    exactly: params["count"] === "exact",
    exportHref: hrefWith("/api/v1/subscriptions/export", filters, {}),
    chips: chipsOf(given, href, FILTER_LABELS, (name, value) => wordOf(name, value, given["currency"] ?? "", planName)),
  };
}

export type SubscriptionsQuery = ReturnType<typeof subscriptionsQuery>;

const AMOUNTS = ["monthly_min_minor", "monthly_max_minor"];
const NO_AMOUNTS = { monthly_min_minor: null, monthly_max_minor: null };

/** Amounts of several currencies cannot be compared: without one currency they are left out, and said so. */
function oneCurrency(params: Record<string, string>) {
  const entries = Object.entries(params);
  const isLost = ([name]: [string, string]) => AMOUNTS.includes(name) && valuesOf(params["currency"]).length !== 1;
  return {
    comparable: Object.fromEntries(entries.filter((entry) => !isLost(entry))),
    dropped: entries.filter(isLost).map(([name, value]) => ({ name, value })),
  };
}

/** Every filter but the search. */
const FILTER_LABELS: Record<string, string> = {
  status: "Status",
  plan_id: "Plan",
  user_id: "Customer",
  currency: "Currency",
  period_end_after: "Period ends after",
  period_end_before: "Period ends before",
  trial_end_before: "Trial ends before",
  monthly_min_minor: "MRR from",
  monthly_max_minor: "MRR up to",
  ending: "Set to cancel",
  differs: "Differs from processor",
};

function wordOf(name: string, value: string, currency: string, planName: (id: string) => string): string {
  if (name === "plan_id") return planName(value);
  if (AMOUNTS.includes(name)) return formatMoney(Number(value), currency);
  if (name === "status") return statusWord(value);
  if (name === "ending" || name === "differs") return value === "true" ? "yes" : "no";
  return /^(period|trial)_/.test(name) ? value.slice(0, 10) : value;
}

function statusWord(value: string): string {
  const status = SUBSCRIPTION_STATUSES.find((known) => known === value);
  return status ? STATUS_WORDS[status] : value;
}

/** The head of a column: which way it orders now, and the list with the order turned. */
export function sortOf({ input, href }: SubscriptionsQuery, up: SubscriptionSort, down: SubscriptionSort, first = up) {
  return turned(input.sort, href, up, down, first);
}
