// Another price or quantity at once: the unused rest of the old is given back, the rest of the new is charged.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Line, Scope } from "@/lib/core/operation";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { charge, priceText } from "./charge";
import { unusedOf } from "./charged";
import { dayText } from "./client";
import type { Book } from "./ledger";
import { periodEnd, monthsOf } from "./period";
import { cycleMinor, priceOf, type SoldPrice } from "./prices";
import { unusedMinor } from "./proration";
import { runningOf } from "./running";
import type { Subscription } from "./schema";
import { save } from "./touch";
import { creditUnused } from "./unused";

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
 * Writes the change and books its money as of `at`, when it takes effect; answers the lines of the calculation. A period
 * of another length begins then, one of the same length goes on. A trial stays a trial and costs nothing.
 */
export async function switchNow({ tx, now }: Scope, on: Book, to: To, at = now): Promise<Line[]> {
  const { price, quantity } = to;
  const was = on.subscription;
  const chosen = { price_id: price.id, plan_id: price.plan_id, quantity, ...NOTHING_PLANNED };
  if (was.status === "trialing") {
    on.subscription = await save(tx, was, chosen, now);
    return [];
  }
  const old = await priceOf(tx, was.price_id);
  const { period, asked, unused } = await termsOf(on, old, to, at);
  on.subscription = await save(tx, was, period ? { ...chosen, ...begun(period) } : chosen, now);
  const until = dayText(period ? period.end.toISOString() : was.period_end);
  const lines: Line[] = [
    {
      text: `${price.plan_name}, ${priceText(quantity, price.amount_minor, was.currency)}, until ${until}`,
      minor: asked,
    },
    { text: `${old.plan_name}, ${priceText(was.quantity, old.amount_minor, was.currency)}, not used`, minor: -unused },
  ];
  // A new period is charged as a whole, so that what it cost is known when it is changed again.
  const given = period ? unused : Math.max(unused - asked, 0);
  const taken = await creditUnused(on, was, given, `${old.plan_name}: not used`);
  if (taken > 0) lines.push({ text: "Taken off what is open", minor: taken });
  const minor = period ? asked : Math.max(asked - unused, 0);
  const description = `${price.plan_name}, ${quantity}: from ${dayText(at.toISOString())}`;
  const of = period ? { period } : { of_period: was.period_start };
  return [...lines, ...(await charge(on, minor, description, { ...of, shown_minor: given - taken }))];
}

/** What a change costs at that moment: `period` is the new one, where it has another length. */
export async function termsOf(
  on: { tx: ReadDb; subscription: Subscription },
  old: SoldPrice,
  { price, quantity }: To,
  at: Date,
) {
  const was = on.subscription;
  const whole = cycleMinor(was, price, quantity, at);
  if (monthsOf(old) !== monthsOf(price)) {
    const period = { start: at, end: periodEnd(at, at, price) };
    return { period, asked: whole, unused: await unusedOf(on, old, 0, at) };
  }
  // The rest of a period that is free by now was charged before, and stays charged.
  const asked = was.comped ? 0 : unusedMinor(whole, runningOf(was), at);
  return { period: null, asked, unused: was.comped ? 0 : await unusedOf(on, old, asked, at) };
}

const NOTHING_PLANNED = { next_price_id: null, next_quantity: null, next_price_at: null };

function begun({ start, end }: { start: Date; end: Date }) {
  const from = start.toISOString();
  return { anchor: from, period_start: from, period_end: end.toISOString(), paused_seconds: 0 };
}
