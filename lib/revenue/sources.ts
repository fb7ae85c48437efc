// What months brought, from ledger and movements: building and checking read the same, so that they cannot differ.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { CURRENCIES } from "@/lib/core/schema";
import type { Account } from "@/lib/transactions/schema";

/** Whatever carries out statements: a query, a command, a script. */
export type Reads = { execute: (statement: SQL) => PromiseLike<Iterable<unknown>> };

const amount = z.string();

const Booked = z.strictObject({
  currency: z.string(),
  charged: amount,
  collected: amount,
  refunded: amount,
  credited: amount,
  written_off: amount,
});

const Moved = z.strictObject({
  month: z.string(),
  currency: z.string(),
  mrr_new: amount,
  mrr_expansion: amount,
  mrr_contraction: amount,
  mrr_churn: amount,
  mrr_reactivation: amount,
  mrr_end: amount,
});

export type SourceMonth = z.infer<typeof Booked> & z.infer<typeof Moved>;

/** First day of the month `back` months before that of `now`, UTC. */
export function monthStart(now: Date, back: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
}

/** `months` months up to that of `now`, of every currency. The ledger is read month by month, however long it is. */
export async function fromSources(db: Reads, now: Date, months: number): Promise<SourceMonth[]> {
  const moved = z.array(Moved).parse([...(await db.execute(movements(now, months)))]);
  const found: SourceMonth[] = [];
  for (let back = months - 1; back >= 0; back -= 1) {
    const month = monthStart(now, back);
    const booked = z.array(Booked).parse([...(await db.execute(bookings(month, monthStart(now, back - 1))))]);
    const of = new Map(booked.map((row) => [row.currency, row]));
    for (const row of moved) {
      const sums = row.month === month ? of.get(row.currency) : undefined;
      if (sums) found.push({ ...row, ...sums });
    }
  }
  return found;
}

export const currencies = sql`unnest(${`{${CURRENCIES.join(",")}}`}::char(3)[]) c (code)`;

/** Midnight at which a day begins, UTC. */
export const midnight = (day: string): SQL => sql`${`${day}T00:00:00Z`}::timestamptz`;

/** Debits less credits of an account in the currency `c`; the index of accounts answers it without the table. */
export function accountSum(account: SQL, since: SQL, until: SQL, only = sql`true`): SQL {
  return sql`coalesce((select sum(e.amount) from app.ledger_entries e
    where e.account = ${account} and e.currency = c.code and e.posted_at >= ${since} and e.posted_at < ${until}
      and ${only}), 0)`;
}

/** Money of an account is its debits less its credits; revenue is a credit, so its sign is turned. */
function bookings(month: string, following: string): SQL {
  const sum = (account: Account, only?: SQL) => accountSum(sql`${account}`, midnight(month), midnight(following), only);
  return sql`
    select c.code as currency, (-${sum("revenue")})::text as charged,
      ${sum("processor", sql`e.amount > 0`)}::text as collected, ${sum("refunds")}::text as refunded,
      ${sum("goodwill")}::text as credited, ${sum("bad_debt")}::text as written_off
    from ${currencies}`;
}

function movements(now: Date, months: number): SQL {
  const since = midnight(monthStart(now, months - 1));
  return sql`
    with span as (
      select m::date as month, c.code as currency
      from generate_series(${monthStart(now, months - 1)}::date, ${monthStart(now, 0)}::date, interval '1 month') m,
        ${currencies}
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
    select s.month::text, s.currency,
      coalesce(v.mrr_new, 0)::text as mrr_new, coalesce(v.mrr_expansion, 0)::text as mrr_expansion,
      coalesce(v.mrr_contraction, 0)::text as mrr_contraction, coalesce(v.mrr_churn, 0)::text as mrr_churn,
      coalesce(v.mrr_reactivation, 0)::text as mrr_reactivation,
      (coalesce(f.amount, 0) + sum(coalesce(v.moved, 0)) over (partition by s.currency order by s.month))::text
        as mrr_end
    from span s
    left join moved v on v.month = s.month and v.currency = s.currency
    left join before f on f.currency = s.currency`;
}
