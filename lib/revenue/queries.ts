import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { revenue_months } from "@/drizzle/schema/revenue";
import { query } from "@/lib/core/operation";
import { checkBooks } from "./check";
import { figuresNow } from "./figures";
import { keptSince, toMonth } from "./months";
import { revenue } from "./noun";
import { CheckRevenue, RevenueFigures, RevenueMonths, type Check, type Figures, type RevenueMonth } from "./schema";

/** From the roll-up, oldest first. */
export const revenueMonths = query({
  noun: revenue,
  action: "revenue.months",
  permission: "subscriptions.figures",
  input: RevenueMonths,
  async run({ currency, months }, { db, now }): Promise<{ data: RevenueMonth[] }> {
    const rows = await db
      .select()
      .from(revenue_months)
      .where(and(keptSince(now, months), currency && eq(revenue_months.currency, currency)))
      .orderBy(asc(revenue_months.month), asc(revenue_months.currency));
    return { data: rows.map(toMonth) };
  },
});

export const revenueFigures = query({
  noun: revenue,
  action: "revenue.figures",
  permission: "subscriptions.figures",
  input: RevenueFigures,
  cache: { ttl_seconds: 60, tags: ["revenue"] },
  run: (_input, { db, now }): Promise<Figures> => figuresNow(db, now),
});

/** Reads every entry, month by month; ends as `busy` when that takes half a minute. */
export const checkRevenue = query({
  noun: revenue,
  action: "revenue.check",
  permission: "subscriptions.figures",
  input: CheckRevenue,
  run: ({ months }, { db, now }): Promise<Check> => checkBooks(db, now, months),
});
