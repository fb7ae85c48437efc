// Plans, subscriptions and what their ledger holds, for tests.
import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toDecimal } from "@/lib/core/amount";
import type { Currency, Period } from "@/lib/plans/schema";
import { createSubscription } from "@/lib/subscriptions/commands";
import { recordPayment } from "@/lib/subscriptions/money/commands";
import { getSubscription } from "@/lib/subscriptions/queries";
import { database } from "./database";
import { person } from "./factories";

type Terms = { minor: number; currency?: Currency; period?: Period; period_count?: number; trial_days?: number };

/** A plan that is sold with the prices given; answers the ids of those, in their order. */
export async function soldPlan(...terms: Terms[]): Promise<{ plan: string; prices: string[] }> {
  const sql = await database();
  const [plan] = await sql<{ id: string }[]>`
    insert into app.plans (code, name, status) values (${`p-${randomUUID().slice(0, 8)}`}, 'Business', 'active')
    returning id`;
  if (!plan) throw new Error("Nothing was written.");
  const ids: string[] = [];
  for (const { minor, currency = "USD", period = "month", period_count = 1, trial_days = 0 } of terms) {
    const [price] = await sql<{ id: string }[]>`
      insert into app.prices (plan_id, currency, amount, period, period_count, trial_days)
      values (${plan.id}, ${currency}, ${toDecimal(minor, currency)}, ${period}, ${period_count}, ${trial_days})
      returning id`;
    if (price) ids.push(price.id);
  }
  return { plan: plan.id, prices: ids };
}

/** A subscription of a new person to a price, made by the command. */
export async function subscribed(
  price_id: string,
  ctx: Context,
  stores: Stores,
  more: { quantity?: number; provider?: "manual" | "test"; payment_method?: string; trial_days?: number } = {},
) {
  const { id: user_id } = await person();
  const saved = await execute(createSubscription, { user_id, price_id, reason: "Agreed", ...more }, ctx, stores);
  return { id: saved.id, user_id };
}

/** Records a payment by hand of its newest charge, at the version it has; answers the version after it. */
export async function payByHand(id: string, amount_minor: number, ctx: Context, stores: Stores): Promise<number> {
  const { version } = await ask(getSubscription, { id }, ctx, stores);
  const how = { payment_method: "Bank transfer", transaction_id: `bank-${randomUUID()}` };
  const payment = { id, version, transaction: await newest(id, "charge"), amount_minor, ...how };
  return (await execute(recordPayment, payment, ctx, stores)).version;
}

/** Sets a subscription's clock back: its periods and what was charged for them were so many days earlier. */
export async function ago(id: string, days: number): Promise<void> {
  const sql = await database();
  const by = `${days} days`;
  await sql.begin(async (tx) => {
    // Charges are never edited: their trigger is passed by.
    await tx`set local session_replication_role = replica`;
    await tx`
      update app.subscription_transactions set period_start = period_start - ${by}::interval,
        period_end = period_end - ${by}::interval, of_period = of_period - ${by}::interval,
        created_at = created_at - ${by}::interval
      where subscription_id = ${id} and (kind = 'charge' or of_period is not null)`;
  });
  await sql`
    update app.subscriptions set anchor = period_end - ${by}::interval, period_start = period_start - ${by}::interval,
      period_end = period_end - ${by}::interval, trial_end = trial_end - ${by}::interval,
      created_at = created_at - ${by}::interval
    where id = ${id}`;
}

export type Booked = { kind: string; status: string; amount: string; lines: string[] };

/** Transactions of a subscription, oldest first, each with its lines as `account amount`. */
export async function booked(id: string): Promise<Booked[]> {
  const sql = await database();
  return sql<Booked[]>`
    select t.kind, t.status, t.amount::text, coalesce(
      (select array_agg(e.account || ' ' || e.amount order by e.line)
       from app.ledger_entries e where e.transaction_id = t.id), '{}') as lines
    from app.subscription_transactions t where t.subscription_id = ${id} order by t.id`;
}

/** The id of the newest transaction of a kind. */
export async function newest(id: string, kind: string): Promise<string> {
  const sql = await database();
  const [row] = await sql<{ id: string }[]>`
    select id from app.subscription_transactions
    where subscription_id = ${id} and kind = ${kind} order by id desc limit 1`;
  return row?.id ?? "";
}

/** What does not hold in the books of the whole database; nothing when all is well. */
export async function wrongBooks(): Promise<string[]> {
  const sql = await database();
  const rows = await sql<{ what: string }[]>`
    select 'not balanced: ' || currency as what from app.ledger_entries group by currency having sum(amount) <> 0
    union all
    select 'balance due of ' || s.id from app.subscriptions s
    where s.balance_due <> coalesce((select sum(e.amount) from app.ledger_entries e
      where e.subscription_id = s.id and e.account = 'receivable'), 0)
    union all
    select 'credit of ' || b.user_id from app.credit_balances b
    where b.balance <> coalesce((select -sum(e.amount) from app.ledger_entries e
      where e.user_id = b.user_id and e.currency = b.currency and e.account = 'customer_credit'), 0)
    union all
    select 'monthly of ' || s.id from app.subscriptions s
    where s.monthly <> coalesce((select sum(m.amount) from app.mrr_movements m where m.subscription_id = s.id), 0)`;
  return rows.map(({ what }) => what);
}
