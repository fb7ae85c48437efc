// What the running period cost, what of it was paid, and what of it is not used.
import "server-only";
import { sql } from "drizzle-orm";
import { toMinor } from "@/lib/core/amount";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { cycleMinor, type SoldPrice } from "./prices";
import { unusedMinor } from "./proration";
import { runningOf } from "./running";
import type { Subscription } from "./schema";

type On = { tx: ReadDb; subscription: Subscription };

export type Charged = {
  /** Neither taken back nor written off: a period that was free, or that nobody had to pay, has none. */
  charged_minor: number;
  /** Of that, what was neither refunded nor credited since: more is never given back. */
  kept_minor: number;
};

/** Charges of the running period that stand; those before the column has them are told by their time. */
export const chargesOf = ({ id, period_start }: Subscription) => sql`
  select c.id, c.amount from app.subscription_transactions c
  where c.subscription_id = ${id} and c.kind = 'charge'
    and coalesce(c.of_period, c.period_start, c.created_at) >= ${period_start}::timestamptz
    and not exists (select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')`;

/** What was charged for the running period and stands. */
export async function chargedOf({ tx, subscription }: On): Promise<Charged> {
  const [row] = await tx.execute<{ charged: string; gone: string }>(sql`
    with charges as (${chargesOf(subscription)})
    select
      (coalesce((select sum(amount) from charges), 0) - coalesce((
        select sum(w.amount) from charges c
        join app.subscription_transactions w on w.parent_id = c.id and w.kind = 'write_off'), 0)
      )::numeric(12, 2) as charged,
      (coalesce((
        select sum(r.amount) from charges c
        join app.subscription_transactions p on p.parent_id = c.id and p.kind = 'payment'
        join app.subscription_transactions r on r.parent_id = p.id and r.kind = 'refund' and r.status <> 'failed'), 0)
      + coalesce((
        select sum(g.amount) from app.subscription_transactions g
        where g.subscription_id = ${subscription.id} and g.kind = 'credit'
          and g.of_period = ${subscription.period_start}::timestamptz), 0)
      )::numeric(12, 2) as gone`);
  const charged_minor = toMinor(row?.charged ?? "0", subscription.currency);
  const gone = toMinor(row?.gone ?? "0", subscription.currency);
  return { charged_minor, kept_minor: Math.max(charged_minor - gone, 0) };
}

/**
 * What of the running period is not used at that moment, at the price it has: never more than was charged for it, nor
 * than is kept beside `asked`, which the same period costs from then on.
 */
export async function unusedOf(on: On, price: SoldPrice, asked: number, at: Date): Promise<number> {
  const { subscription } = on;
  const running = runningOf(subscription);
  // Free of charge means the next charge: what this period cost was charged before.
  const whole = cycleMinor(
    { ...subscription, comped: false },
    price,
    subscription.quantity,
    new Date(subscription.period_start),
  );
  const { charged_minor, kept_minor } = await chargedOf(on);
  return Math.min(unusedMinor(whole, running, at), charged_minor, asked + kept_minor);
}
