import "server-only";
import { sql } from "drizzle-orm";
import { toMinor } from "@/lib/core/amount";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { cycleMinor, type SoldPrice } from "./prices";
import { unusedMinor } from "./proration";
import type { Subscription } from "./schema";

type On = { tx: ReadDb; subscription: Subscription };

export type Charged = {
  /** Neither taken back nor written off: a period that was free, or that nobody had to pay, has none. */
  charged_minor: number;
  /** Of that, what was not refunded since: more is never given back. */
  kept_minor: number;
};

/** What was charged for the running period and stands. */
export async function chargedOf({ tx, subscription }: On): Promise<Charged> {
  const [row] = await tx.execute<{ charged: string; refunded: string }>(sql`
    with charges as (
      select c.id, c.amount from app.subscription_transactions c
      where c.subscription_id = ${subscription.id} and c.kind = 'charge'
        and coalesce(c.period_start, c.created_at) >= ${subscription.period_start}::timestamptz
        and not exists (
          select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')
    )
    select
      (coalesce((select sum(amount) from charges), 0) - coalesce((
        select sum(w.amount) from charges c
        join app.subscription_transactions w on w.parent_id = c.id and w.kind = 'write_off'), 0)
      )::numeric(12, 2) as charged,
      coalesce((
        select sum(r.amount) from charges c
        join app.subscription_transactions p on p.parent_id = c.id and p.kind = 'payment'
        join app.subscription_transactions r on r.parent_id = p.id and r.kind = 'refund' and r.status <> 'failed'), 0
      )::numeric(12, 2) as refunded`);
  const charged_minor = toMinor(row?.charged ?? "0", subscription.currency);
  const refunded = toMinor(row?.refunded ?? "0", subscription.currency);
  return { charged_minor, kept_minor: Math.max(charged_minor - refunded, 0) };
}

/** What is given back of the running period, at the price it has, when it ends at that moment for one that costs `asked`. */
export async function unusedOf(on: On, price: SoldPrice, asked: number, at: Date): Promise<number> {
  const { period_start, period_end, quantity } = on.subscription;
  const running = { start: new Date(period_start), end: new Date(period_end) };
  const rest = unusedMinor(cycleMinor(on.subscription, price, quantity, running.start), running, at);
  const { charged_minor, kept_minor } = await chargedOf(on);
  return Math.min(rest, charged_minor, asked + kept_minor);
}
