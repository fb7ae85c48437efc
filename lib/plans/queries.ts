import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { plans, prices } from "@/drizzle/schema/plans";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { plan } from "./noun";
import { planColumns, toPlan } from "./rows";
import { GetPlan, ListPlans, type Plan, type PlanList, type PlanWithPrices, type Price, type PriceUse } from "./schema";

/** A platform sells a few dozen plans, not thousands. */
const MOST_PLANS = 200;

export const listPlans = query({
  noun: plan,
  action: "plan.list",
  permission: "plans.read",
  input: ListPlans,
  async run({ status }, { db }): Promise<PlanList> {
    const rows = await db
      .select(planColumns)
      .from(plans)
      .where(status && eq(plans.status, status))
      .orderBy(asc(plans.position), asc(plans.id))
      .limit(MOST_PLANS);
    return { data: await withPrices(db, rows.map(toPlan)) };
  },
});

export const getPlan = query({
  noun: plan,
  action: "plan.get",
  permission: "plans.read",
  input: GetPlan,
  async run({ id }, { db }): Promise<PlanWithPrices> {
    const rows = await db.select(planColumns).from(plans).where(eq(plans.id, id));
    const [found] = await withPrices(db, rows.map(toPlan));
    if (!found) throw new AppError("not_found", "There is no such plan.");
    return found;
  },
});

/** All prices of all plans and their use, in two statements however many there are. */
async function withPrices(db: ReadDb, found: readonly Plan[]): Promise<PlanWithPrices[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const [rows, used] = await Promise.all([
    db
      .select()
      .from(prices)
      .where(inArray(prices.plan_id, ids))
      .orderBy(asc(prices.currency), asc(prices.period), asc(prices.period_count), asc(prices.id)),
    holders(db, ids),
  ]);
  const all = rows.map(({ amount, ...row }): Price & PriceUse => {
    const currency = asCurrency(row.currency);
    const { live, monthly } = used.get(row.id) ?? { live: 0, monthly: "0" };
    return {
      ...row,
      currency,
      amount_minor: toMinor(amount, currency),
      created_at: toIso(row.created_at),
      live,
      monthly_minor: toMinor(monthly, currency),
    };
  });
  return found.map((one) => ({ ...one, prices: all.filter(({ plan_id }) => plan_id === one.id) }));
}

async function holders(db: ReadDb, ids: readonly string[]): Promise<Map<string, { live: number; monthly: string }>> {
  const rows = await db
    .select({
      price_id: sql<string>`s.price_id`,
      live: sql<number>`count(*)::int`,
      monthly: sql<string>`sum(s.monthly)::numeric(14, 2)::text`,
    })
    .from(sql`app.subscriptions s`)
    .where(and(inArray(sql`s.plan_id`, [...ids]), sql`s.status <> 'canceled'`))
    .groupBy(sql`s.price_id`);
  return new Map(rows.map(({ price_id, ...use }) => [price_id, use]));
}
