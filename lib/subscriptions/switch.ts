// Another price or quantity at once: the unused rest of the old is given back, the rest of the new is charged.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Line, Scope } from "@/lib/core/operation";
import { charge, creditUnused, priceText } from "./charge";
import { unusedOf } from "./charged";
import { dayText } from "./client";
import type { Book } from "./ledger";
import { periodEnd, monthsOf } from "./period";
import { cycleMinor, priceOf, type SoldPrice } from "./prices";
import { unusedMinor } from "./proration";
import type { Subscription } from "./schema";
import { save } from "./touch";

type To = { price: SoldPrice; quantity: number };

/** Throws AppError for a price in another currency, and when nothing would change. */
export function refuseUseless(was: Subscription, { price, quantity }: To): void {
  if (price.currency !== was.currency) {
    const message = `This subscription is paid in ${was.currency}, the price is in ${price.currency}.`;
    throw new AppError("invalid", message, { fields: { price_id: [`is not in ${was.currency}`] } });
  }
  if (price.id === was.price_id && quantity === was.quantity) throw new AppError("conflict", "Nothing to change.");
}

/**
 * Writes the change and books its money; answers the lines of the calculation. A period of another length begins now,
 * one of the same length goes on. A trial stays a trial and costs nothing.
 */
export async function switchNow(scope: Scope, on: Book, { price, quantity }: To): Promise<Line[]> {
  const { tx, now } = scope;
  const was = on.subscription;
  const chosen = {
    price_id: price.id,
    plan_id: price.plan_id,
    quantity,
    next_price_id: null,
    next_quantity: null,
    next_price_at: null,
  };
  if (was.status === "trialing") {
    on.subscription = await save(tx, was, chosen, now);
    return [];
  }
  const old = await priceOf(tx, was.price_id);
  const running = { start: new Date(was.period_start), end: new Date(was.period_end) };
  const whole = cycleMinor(was, price, quantity, now);
  const sameLength = monthsOf(old) === monthsOf(price);
  const period = sameLength ? null : { start: now, end: periodEnd(now, now, price) };
  const asked = period ? whole : unusedMinor(whole, running, now);
  const unused = await unusedOf(on, old, asked, now);
  on.subscription = await save(
    tx,
    was,
    period
      ? {
          ...chosen,
          anchor: now.toISOString(),
          period_start: now.toISOString(),
          period_end: period.end.toISOString(),
        }
      : chosen,
    now,
  );
  const until = dayText((period ?? running).end.toISOString());
  const lines: Line[] = [
    {
      text: `${price.plan_name}, ${priceText(quantity, price.amount_minor, was.currency)}, until ${until}`,
      minor: asked,
    },
    { text: `${old.plan_name}, ${priceText(was.quantity, old.amount_minor, was.currency)}, not used`, minor: -unused },
  ];
  const description = `${price.plan_name}, ${quantity}: from ${dayText(now.toISOString())}`;
  // A new period is charged as a whole, so that what it cost is known when it is changed again.
  const given = period ? unused : Math.max(unused - asked, 0);
  await creditUnused(on, given, `${old.plan_name}: not used`);
  const charged = period ? whole : Math.max(asked - unused, 0);
  const after = await charge(on, charged, description, period ? { period, shown_minor: given } : {});
  return [...lines, ...after];
}
