import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { plans, prices } from "@/drizzle/schema/plans";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { users } from "@/drizzle/schema/users";
import type { Keys } from "@/lib/core/keys";
import { readCursor, toPage, writeCursor } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { matching } from "./filters";
import { asCurrency, toMinor } from "@/lib/plans/money";
import { beyond, ordered, sortKey } from "./order";
import { subscriptionColumns, toSubscription } from "./rows";
import type {
  ListSubscriptions,
  SubscriptionFilters,
  SubscriptionPage,
  SubscriptionRow,
  SubscriptionSort,
  SubscriptionTotal,
} from "./schema";

/** Up to here a total is counted, above it the planner's estimate is shown. */
const EXACT_UP_TO = 10_000;

const nextPrices = alias(prices, "next_prices");
const nextPlans = alias(plans, "next_plans");

const columns = {
  subscription: subscriptionColumns,
  customer: { display_name: users.display_name, email: users.email },
  plan: { code: plans.code, name: plans.name },
  price: { amount: prices.amount, period: prices.period, period_count: prices.period_count },
  next_plan: nextPlans.name,
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

function toRow({ subscription, customer, plan, price, next_plan }: Selected): SubscriptionRow {
  const { amount, ...cycle } = price;
  const amount_minor = toMinor(amount, asCurrency(subscription.currency));
  return { ...toSubscription(subscription), customer, plan, price: { amount_minor, ...cycle }, next_plan };
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
  const { sort, limit, before, after } = input;
  const backwards = before !== undefined;
  const cursor = before ?? after;
  const [key, id] = cursor ? readCursor(keys, cursorOrder(sort), cursor, backwards ? "before" : "after") : [];
  const [rows, total] = await Promise.all([
    select(db, sort)
      .where(and(matching(input), id ? beyond(sort, backwards, String(key), String(id)) : undefined))
      .orderBy(...ordered(sort, backwards))
      .limit(limit + 1),
    estimate(db, input),
  ]);
  const { data, ...page } = toPage(
    rows,
    limit,
    input,
    (row) => writeCursor(keys, cursorOrder(sort), [row.sort_key, row.subscription.id]),
    toRow,
  );
  return { data, page: { ...page, ...total } };
}

/** Counted up to a bound; beyond it the size of the table, or the bound itself, with `exact` false. */
async function estimate(
  db: ReadDb,
  filters: SubscriptionFilters,
): Promise<{ estimated_total: number; exact: boolean }> {
  const few = db
    .select({ one: sql`1`.as("one") })
    .from(subscriptions)
    .where(matching(filters))
    .limit(EXACT_UP_TO + 1)
    .as("few");
  const [[counted], [known]] = await Promise.all([
    db.select({ n: sql<number>`count(*)::int` }).from(few),
    db
      .select({ n: sql<number>`greatest(c.reltuples, 0)::int` })
      .from(sql`pg_class c`)
      .where(sql`c.oid = 'app.subscriptions'::regclass`),
  ]);
  const n = counted?.n ?? 0;
  if (n <= EXACT_UP_TO) return { estimated_total: n, exact: true };
  return { estimated_total: matching(filters) === undefined ? Math.max(known?.n ?? 0, n) : n, exact: false };
}

/** Counted to the last row; ends as `busy` at the statement limit of the role. */
export async function exactly(db: ReadDb, filters: SubscriptionFilters): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(subscriptions)
    .where(matching(filters));
  return row?.n ?? 0;
}

/** Per currency, for amounts of different currencies are never added up. */
export async function totals(db: ReadDb, filters: SubscriptionFilters): Promise<SubscriptionTotal[]> {
  const rows = await db
    .select({
      currency: subscriptions.currency,
      count: sql<number>`count(*)::int`,
      monthly: sql<string>`sum(${subscriptions.monthly})::numeric(14, 2)::text`,
      due: sql<string>`sum(${subscriptions.balance_due})::numeric(14, 2)::text`,
    })
    .from(subscriptions)
    .where(matching(filters))
    .groupBy(subscriptions.currency)
    .orderBy(sql`count(*) desc`, subscriptions.currency);
  return rows.map(({ currency: code, count, monthly, due }) => {
    const currency = asCurrency(code);
    return { currency, count, monthly_minor: toMinor(monthly, currency), balance_due_minor: toMinor(due, currency) };
  });
}
