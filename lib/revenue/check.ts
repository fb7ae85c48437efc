// Whether what is kept for speed still says what its sources say.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { fromSources, monthStart, SUMS } from "./months";
import type { Check, Difference } from "./schema";

const Found = z.array(z.object({ what: z.string(), kept: z.string(), source: z.string() }));

/** Month by month against ledger and movements, and every balance that is kept beside its entries, per currency. */
export async function checkBooks(db: ReadDb, now: Date, months: number): Promise<Check> {
  const results = await Promise.all(
    [rolledUp(now, months), ...BALANCES].map(async (statement) => Found.parse([...(await db.execute(statement))])),
  );
  const all = results.flat();
  const differences = all
    .filter(({ kept, source }) => Number(kept) !== Number(source))
    .map(({ what, kept, source }): Difference => ({ what, rolled_up: kept, source }));
  return { differences, checked: all.length, as_of: now.toISOString() };
}

/** The running month moves on between two roll-ups, so only months that are over are compared. */
function rolledUp(now: Date, months: number): SQL {
  const pairs = sql.join(
    SUMS.map((name) => sql`(${name}::text, r.${sql.raw(name)}, s.${sql.raw(name)})`),
    sql`, `,
  );
  return sql`
    select s.month || ' ' || s.currency || ' ' || f.name as what, coalesce(f.kept, 0)::text as kept, f.source::text as source
    from (${fromSources(now, months)}) s
    left join app.revenue_months r on r.month = s.month and r.currency = s.currency
    cross join lateral (values ${pairs}) f (name, kept, source)
    where s.month < ${monthStart(now, 0)}::date`;
}

const BALANCES: readonly SQL[] = [
  sql`select 'ledger ' || currency as what, '0' as kept, sum(amount)::text as source
    from app.ledger_entries group by currency`,
  sql`select 'balance due ' || c.code as what,
      coalesce((select sum(balance_due) from app.subscriptions where currency = c.code), 0)::text as kept,
      coalesce((select sum(amount) from app.ledger_entries where account = 'receivable' and currency = c.code), 0)::text
        as source
    from app.currencies c`,
  sql`select 'credit ' || c.code as what,
      coalesce((select sum(balance) from app.credit_balances where currency = c.code), 0)::text as kept,
      coalesce((select -sum(amount) from app.ledger_entries
        where account = 'customer_credit' and currency = c.code), 0)::text as source
    from app.currencies c`,
  sql`select 'MRR ' || c.code as what,
      coalesce((select sum(monthly) from app.subscriptions where currency = c.code), 0)::text as kept,
      coalesce((select sum(amount) from app.mrr_movements where currency = c.code), 0)::text as source
    from app.currencies c`,
];
