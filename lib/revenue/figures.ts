import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { GIVEN_UP } from "@/lib/subscriptions/collection/schema";
import type { CurrencyFigures, Figures } from "./schema";

const Row = z.object({
  currency: z.string(),
  mrr: z.string(),
  active: z.number(),
  trials_ending: z.number(),
  past_due: z.number(),
  at_risk: z.string(),
  failed_payments: z.number(),
  new: z.string(),
  expansion: z.string(),
  contraction: z.string(),
  churn: z.string(),
  reactivation: z.string(),
  paying_change: z.number(),
});

/** What `DEFINITIONS` of schema.ts says, per currency, the largest first; each part reads an index. */
export async function figuresNow(db: ReadDb, now: Date): Promise<Figures> {
  const at = now.toISOString();
  const rows = await db.execute(sql`
    with live as (
      select currency, sum(monthly) as mrr, sum(balance_due) filter (where status = 'past_due') as at_risk,
        count(*) filter (where status = 'active')::int as active,
        count(*) filter (where status = 'past_due')::int as past_due
      from app.subscriptions where status in ('active', 'past_due') group by 1
    ), trials as (
      select currency, count(*)::int as n from app.subscriptions
      where status = 'trialing' and trial_end < ${at}::timestamptz + interval '7 days' group by 1
    ), failed as (
      select currency, count(*)::int as n from app.subscription_transactions
      where status = 'failed' and kind = 'payment' and settled_at > ${at}::timestamptz - interval '30 days'
        and coalesce(failure, '') not in (${GIVEN_UP.ended}, ${GIVEN_UP.silence})
      group by 1
    ), moved as (
      select currency,
        sum(amount) filter (where kind = 'new') as new, sum(amount) filter (where kind = 'expansion') as expansion,
        sum(amount) filter (where kind = 'contraction') as contraction,
        sum(amount) filter (where kind = 'churn') as churn,
        sum(amount) filter (where kind = 'reactivation') as reactivation,
        (count(*) filter (where kind in ('new', 'reactivation')) - count(*) filter (where kind = 'churn'))::int
          as paying_change
      from app.mrr_movements where at > ${at}::timestamptz - interval '30 days' group by 1
    )
    select c.code as currency, coalesce(l.mrr, 0)::text as mrr, coalesce(l.active, 0) as active,
      coalesce(t.n, 0) as trials_ending, coalesce(l.past_due, 0) as past_due, coalesce(l.at_risk, 0)::text as at_risk,
      coalesce(f.n, 0) as failed_payments, coalesce(m.new, 0)::text as new,
      coalesce(m.expansion, 0)::text as expansion, coalesce(m.contraction, 0)::text as contraction,
      coalesce(m.churn, 0)::text as churn, coalesce(m.reactivation, 0)::text as reactivation,
      coalesce(m.paying_change, 0) as paying_change
    from app.currencies c
    left join live l on l.currency = c.code
    left join trials t on t.currency = c.code
    left join failed f on f.currency = c.code
    left join moved m on m.currency = c.code
    where l.currency is not null or t.currency is not null or m.currency is not null
    order by coalesce(l.active, 0) desc, c.code`);
  return {
    data: z
      .array(Row)
      .parse([...rows])
      .map(toFigures),
    as_of: at,
  };
}

function toFigures(row: z.infer<typeof Row>): CurrencyFigures {
  const currency = asCurrency(row.currency);
  return {
    currency,
    active: row.active,
    trials_ending: row.trials_ending,
    past_due: row.past_due,
    failed_payments: row.failed_payments,
    paying_change: row.paying_change,
    mrr_minor: toMinor(row.mrr, currency),
    at_risk_minor: toMinor(row.at_risk, currency),
    new_minor: toMinor(row.new, currency),
    expansion_minor: toMinor(row.expansion, currency),
    contraction_minor: toMinor(row.contraction, currency),
    churn_minor: toMinor(row.churn, currency),
    reactivation_minor: toMinor(row.reactivation, currency),
  };
}
