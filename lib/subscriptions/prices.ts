import "server-only";
import { eq } from "drizzle-orm";
import { plans, prices } from "@/drizzle/schema/plans";
import { AppError } from "@/lib/core/errors";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { EXPONENTS, PRICE_MAX_MINOR, type Currency, type Period } from "@/lib/plans/schema";
import { asCurrency, moneyText, toMinor } from "@/lib/core/amount";
import { periodAmountMinor } from "./proration";
import type { Subscription } from "./schema";

export type SoldPrice = {
  id: string;
  plan_id: string;
  plan_name: string;
  currency: Currency;
  amount_minor: number;
  period: Period;
  period_count: number;
  trial_days: number;
  /** Whether it may be chosen anew: neither superseded nor of a plan that is a draft or retired. */
  sold: boolean;
};

/** Throws AppError `invalid` at `price_id`. */
export async function priceOf(db: ReadDb, id: string): Promise<SoldPrice> {
  const [row] = await db
    .select({
      id: prices.id,
      plan_id: prices.plan_id,
      plan_name: plans.name,
      currency: prices.currency,
      amount: prices.amount,
      period: prices.period,
      period_count: prices.period_count,
      trial_days: prices.trial_days,
      active: prices.active,
      status: plans.status,
    })
    .from(prices)
    .innerJoin(plans, eq(plans.id, prices.plan_id))
    .where(eq(prices.id, id));
  if (!row) throw noPrice("There is no such price.");
  const { amount, active, status, ...rest } = row;
  const currency = asCurrency(row.currency);
  return { ...rest, currency, amount_minor: toMinor(amount, currency), sold: active && status === "active" };
}

/** A price that may be chosen anew. Throws AppError `invalid` at `price_id`. */
export async function soldPrice(db: ReadDb, id: string): Promise<SoldPrice> {
  const price = await priceOf(db, id);
  if (!price.sold) throw noPrice("This price is not sold any more.");
  return price;
}

function noPrice(message: string): AppError {
  return new AppError("invalid", message, { fields: { price_id: [message] } });
}

/** Throws AppError `invalid` at `quantity` for a period that costs more than a transaction can hold. */
export function refuseTooMuch({ amount_minor, currency }: SoldPrice, quantity: number): void {
  const most = EXPONENTS[currency] === 0 ? Math.floor(PRICE_MAX_MINOR / 100) : PRICE_MAX_MINOR;
  if (periodAmountMinor(amount_minor, quantity, "0") <= most) return;
  const problem = `makes a period cost more than ${moneyText(most, currency)}`;
  throw new AppError("invalid", "This is more than can be charged at once.", { fields: { quantity: [problem] } });
}

/** What a whole period costs at that moment; nothing when it is free. */
export function cycleMinor(
  { comped, discount_percent, discount_until }: Subscription,
  { amount_minor }: Pick<SoldPrice, "amount_minor">,
  quantity: number,
  at: Date,
): number {
  if (comped) return 0;
  const discounted = discount_until === null || new Date(discount_until) > at;
  return periodAmountMinor(amount_minor, quantity, discounted ? discount_percent : "0");
}
