// How many there are, and what they bring in: what a list says of all it does not show.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { EXACT_UP_TO, plannedRows, type Total } from "@/lib/core/total";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { isEnding } from "./filters";
import type { SubscriptionCounts, SubscriptionTotal } from "./totals/schema";

const COUNT = sql<number>`count(*)::int`;

/** Counted up to a bound, estimated by the planner beyond it; milliseconds at any size. */
export async function estimate(db: ReadDb, where: SQL | undefined): Promise<Total> {
  const few = db
    .select({ one: sql`1`.as("one") })
    .from(subscriptions)
    .where(where)
    .limit(EXACT_UP_TO + 1)
    .as("few");
  const [[counted], planned] = await Promise.all([
    db.select({ n: COUNT }).from(few),
    plannedRows(db, sql`select 1 from ${subscriptions} where ${where ?? sql`true`}`),
  ]);
  const n = counted?.n ?? 0;
  return n <= EXACT_UP_TO
    ? { estimated_total: n, exact: true }
    : { estimated_total: Math.max(planned, n), exact: false };
}

/** Counted to the last row; ends as `busy` at the statement limit of the role. */
export async function exactly(db: ReadDb, where: SQL | undefined): Promise<number> {
  const [row] = await db.select({ n: COUNT }).from(subscriptions).where(where);
  return row?.n ?? 0;
}

/** All of them by status, and those set to cancel. */
export async function byStatus(db: ReadDb): Promise<SubscriptionCounts> {
  const [rows, [ending]] = await Promise.all([
    db.select({ status: subscriptions.status, n: COUNT }).from(subscriptions).groupBy(subscriptions.status),
    db.select({ n: COUNT }).from(subscriptions).where(isEnding),
  ]);
  const of = new Map(rows.map(({ status, n }) => [status, n]));
  return {
    all: rows.reduce((sum, { n }) => sum + n, 0),
    active: of.get("active") ?? 0,
    trialing: of.get("trialing") ?? 0,
    past_due: of.get("past_due") ?? 0,
    ending: ending?.n ?? 0,
  };
}

/** Per currency, for amounts of different currencies are never added up. */
export async function totals(db: ReadDb, where: SQL | undefined): Promise<SubscriptionTotal[]> {
  const rows = await db
    .select({
      currency: subscriptions.currency,
      count: COUNT,
      monthly: sql<string>`sum(${subscriptions.monthly})::numeric(14, 2)::text`,
      due: sql<string>`sum(${subscriptions.balance_due})::numeric(14, 2)::text`,
    })
    .from(subscriptions)
    .where(where)
    .groupBy(subscriptions.currency)
    .orderBy(sql`count(*) desc`, subscriptions.currency);
  return rows.map(({ currency: code, count, monthly, due }) => {
    const currency = asCurrency(code);
    return { currency, count, monthly_minor: toMinor(monthly, currency), balance_due_minor: toMinor(due, currency) };
  });
}
