// The roll-up of months: one statement computes it from the sources, so that building and checking cannot differ.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { toIso } from "@/lib/core/paging";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { RevenueMonth } from "./schema";

/** First day of the month `back` months before that of `now`, UTC. */
export function monthStart(now: Date, back: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
}

export const SUMS = [
  ...["charged", "collected", "refunded", "credited", "written_off"],
  ...["mrr_new", "mrr_expansion", "mrr_contraction", "mrr_churn", "mrr_reactivation", "mrr_end"],
] as const;

/**
 * `months` months up to that of `now`, per currency, from ledger and movements: month, currency and the sums. Money of
 * an account is its debits less its credits; revenue is a credit, so its sign is turned.
 */
export function fromSources(now: Date, months: number): SQL {
  const first = sql`${monthStart(now, months - 1)}::date`;
  const since = sql`${`${monthStart(now, months - 1)}T00:00:00Z`}::timestamptz`;
  return sql`
    with span as (
      select m::date as month, c.code as currency
      from generate_series(${first}, ${monthStart(now, 0)}::date, interval '1 month') m, app.currencies c
    ), booked as (
      select date_trunc('month', e.posted_at at time zone 'UTC')::date as month, e.currency,
        -sum(e.amount) filter (where e.account = 'revenue') as charged,
        sum(e.amount) filter (where e.account = 'processor' and e.amount > 0) as collected,
        sum(e.amount) filter (where e.account = 'refunds') as refunded,
        sum(e.amount) filter (where e.account = 'goodwill') as credited,
        sum(e.amount) filter (where e.account = 'bad_debt') as written_off
      from app.ledger_entries e
      where e.account in ('revenue', 'processor', 'refunds', 'goodwill', 'bad_debt') and e.posted_at >= ${since}
      group by 1, 2
    ), moved as (
      select date_trunc('month', m.at at time zone 'UTC')::date as month, m.currency, sum(m.amount) as moved,
        sum(m.amount) filter (where m.kind = 'new') as mrr_new,
        sum(m.amount) filter (where m.kind = 'expansion') as mrr_expansion,
        sum(m.amount) filter (where m.kind = 'contraction') as mrr_contraction,
        sum(m.amount) filter (where m.kind = 'churn') as mrr_churn,
        sum(m.amount) filter (where m.kind = 'reactivation') as mrr_reactivation
      from app.mrr_movements m where m.at >= ${since} group by 1, 2
    ), before as (
      select m.currency, sum(m.amount) as amount from app.mrr_movements m where m.at < ${since} group by 1
    )
    select s.month, s.currency,
      coalesce(b.charged, 0) as charged, coalesce(b.collected, 0) as collected,
      coalesce(b.refunded, 0) as refunded, coalesce(b.credited, 0) as credited,
      coalesce(b.written_off, 0) as written_off,
      coalesce(v.mrr_new, 0) as mrr_new, coalesce(v.mrr_expansion, 0) as mrr_expansion,
      coalesce(v.mrr_contraction, 0) as mrr_contraction, coalesce(v.mrr_churn, 0) as mrr_churn,
      coalesce(v.mrr_reactivation, 0) as mrr_reactivation,
      coalesce(f.amount, 0) + sum(coalesce(v.moved, 0)) over (partition by s.currency order by s.month) as mrr_end
    from span s
    left join booked b on b.month = s.month and b.currency = s.currency
    left join moved v on v.month = s.month and v.currency = s.currency
    left join before f on f.currency = s.currency`;
}

/** Replaces what was computed of these months before. */
export function rollUp(now: Date, months: number): SQL {
  const names = sql.raw(SUMS.join(", "));
  const replaced = sql.raw([...SUMS, "computed_at"].map((name) => `${name} = excluded.${name}`).join(", "));
  return sql`
    insert into app.revenue_months (month, currency, ${names}, computed_at)
    select s.month, s.currency, ${names}, ${now.toISOString()}::timestamptz from (${fromSources(now, months)}) s
    on conflict (month, currency) do update set ${replaced}`;
}

type Row = { month: string; currency: string; computed_at: string } & Record<(typeof SUMS)[number], string>;

export function toMonth(row: Row): RevenueMonth {
  const currency = asCurrency(row.currency);
  const minor = (name: (typeof SUMS)[number]) => toMinor(row[name], currency);
  return {
    month: row.month,
    currency,
    charged_minor: minor("charged"),
    collected_minor: minor("collected"),
    refunded_minor: minor("refunded"),
    credited_minor: minor("credited"),
    written_off_minor: minor("written_off"),
    new_minor: minor("mrr_new"),
    expansion_minor: minor("mrr_expansion"),
    contraction_minor: minor("mrr_contraction"),
    churn_minor: minor("mrr_churn"),
    reactivation_minor: minor("mrr_reactivation"),
    mrr_minor: minor("mrr_end"),
    computed_at: toIso(row.computed_at),
  };
}
