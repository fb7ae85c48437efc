import "server-only";
import { and, eq, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { plans, prices } from "@/drizzle/schema/plans";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { users } from "@/drizzle/schema/users";
import type { Keys } from "@/lib/core/keys";
import { readStart, toPage, writeCursor } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { estimate } from "./count";
import { conditionOf, wholeOf } from "./filters";
import { beyond, ordered, sortKey } from "./order";
import { subscriptionColumns, toSubscription } from "./rows";
import type {
  ListSubscriptions,
  SubscriptionFilters,
  SubscriptionPage,
  SubscriptionRow,
  SubscriptionSort,
} from "./schema";

const nextPrices = alias(prices, "next_prices");
const nextPlans = alias(plans, "next_plans");

const columns = {
  subscription: subscriptionColumns,
  customer: { display_name: users.display_name, email: users.email },
  plan: { code: plans.code, name: plans.name },
  price: { amount: prices.amount, period: prices.period, period_count: prices.period_count },
  next_plan: nextPlans.name,
  next_price: { amount: nextPrices.amount, period: nextPrices.period, period_count: nextPrices.period_count },
};

const select = (db: ReadDb, sort: SubscriptionSort) =>
  db
    .select({ ...columns, sort_key: sortKey(sort) })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .innerJoin(plans, eq(plans.id, subscriptions.plan_id))
    .innerJoin(prices, eq(prices.id, subscriptions.price_id))
    .leftJoin(nextPrices, eq(nextPrices.id, subscriptions.next_price_id))
    .leftJoin(nextPlans, eq(nextPlans.id, nextPrices.plan_id))
    .$dynamic();

type Selected = Awaited<ReturnType<typeof select>>[number];

function toRow({ subscription, customer, plan, price, next_plan, next_price }: Selected): SubscriptionRow {
  const currency = asCurrency(subscription.currency);
  const cost = ({ amount, ...cycle }: typeof price) => ({ amount_minor: toMinor(amount, currency), ...cycle });
  const next = { next_plan, next_price: next_price && cost(next_price) };
  return { ...toSubscription(subscription), customer, plan, price: cost(price), ...next };
}

/** Null when there is none. */
export async function oneRow(db: ReadDb, id: string): Promise<SubscriptionRow | null> {
  const [row] = await select(db, "newest").where(eq(subscriptions.id, id));
  return row ? toRow(row) : null;
}

const cursorOrder = (sort: SubscriptionSort) => `subscription.list:${sort}`;

/** One page; rows and total go out in one flight. Throws AppError `invalid` for a cursor of another list. */
export async function listPage(
  { db, keys }: { db: ReadDb; keys: Keys },
  input: ListSubscriptions,
): Promise<SubscriptionPage> {
  const { sort, limit } = input;
  const { from, backwards } = readStart(keys, cursorOrder(sort), input);
  const [key, id] = from;
  const { where, more } = await conditionOf(db, input);
  const [rows, total] = await Promise.all([
    select(db, sort)
      .where(and(where, id ? beyond(sort, backwards, String(key), String(id)) : undefined))
      .orderBy(...ordered(sort, backwards))
      .limit(limit + 1),
    estimate(db, where),
  ]);
  const { data, ...page } = toPage(
    rows,
    limit,
    input,
    (row) => writeCursor(keys, cursorOrder(sort), [row.sort_key, row.subscription.id]),
    toRow,
  );
  return { data, page: { ...page, ...total, exact: total.exact && !more, more_people: more } };
}

/** So many leave at a time. */
const SLICE = 1_000;

/** The rows after an id, newest first, and where the next ones begin. */
export async function slice(db: ReadDb, filters: SubscriptionFilters, after: string | undefined) {
  const where = await wholeOf(db, filters);
  const rows = await select(db, "newest")
    .where(and(where, after === undefined ? undefined : lt(subscriptions.id, after)))
    .orderBy(...ordered("newest", false))
    .limit(SLICE);
  const last = rows.length < SLICE ? undefined : rows.at(-1);
  return { data: rows.map(toRow), next: last?.subscription.id ?? null };
}
