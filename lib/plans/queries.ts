import "server-only";
import { asc, eq, inArray, sql } from "drizzle-orm";
import { plans, prices } from "@/drizzle/schema/plans";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { plan } from "./noun";
import { planColumns, toPlan } from "./rows";
import {
  CountPlans,
  GetPlan,
  ListPlans,
  type Plan,
  type PlanList,
  type PlanWithPrices,
  type Price,
  type PriceUse,
} from "./schema";

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

const HOLDERS = sql`(select price_id, count(*)::int as live, sum(monthly)::numeric(14, 2)::text as monthly
  from app.subscriptions where status <> 'canceled' group by price_id) s`;

/** Who is on which price now, of all plans; prices nobody is on are left out. */
export const planCounts = query({
  noun: plan,
  action: "plan.counts",
  permission: "plans.read",
  input: CountPlans,
  cache: { ttl_seconds: 30, tags: ["plan", "subscription"] },
  async run(_input, { db }): Promise<{ data: PriceUse[] }> {
    const rows = await db
      .select({
        price_id: sql<string>`s.price_id`,
        currency: prices.currency,
        live: sql<number>`s.live`,
        monthly: sql<string>`s.monthly`,
      })
      .from(prices)
      .innerJoin(HOLDERS, sql`s.price_id = ${prices.id}`)
      .orderBy(asc(prices.id));
    return {
      data: rows.map(({ currency, monthly, ...row }) => ({
        ...row,
        monthly_minor: toMinor(monthly, asCurrency(currency)),
      })),
    };
  },
});

/** All prices of all plans, in one statement however many there are. */
async function withPrices(db: ReadDb, found: readonly Plan[]): Promise<PlanWithPrices[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const rows = await db
    .select()
    .from(prices)
    .where(inArray(prices.plan_id, ids))
    .orderBy(asc(prices.currency), asc(prices.period), asc(prices.period_count), asc(prices.id));
  const all = rows.map(({ amount, ...row }): Price => {
    const currency = asCurrency(row.currency);
    return { ...row, currency, amount_minor: toMinor(amount, currency), created_at: toIso(row.created_at) };
  });
  return found.map((one) => ({ ...one, prices: all.filter(({ plan_id }) => plan_id === one.id) }));
}
