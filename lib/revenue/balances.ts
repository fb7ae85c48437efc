// Balances that are kept beside their entries: what they are now, and what all entries ever booked add up to.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { asCurrency, toMinor } from "@/lib/core/amount";
import { CURRENCIES, type Currency } from "@/lib/core/schema";
import { ACCOUNTS } from "@/lib/transactions/schema";
import { accountSum, currencies, midnight, monthStart, type Reads } from "./sources";

/** What is kept, and what its source says, in smallest units. */
export type Pair = { what: string; currency: Currency; kept: number; source: number };

const Sums = z.array(z.strictObject({ currency: z.string(), name: z.string(), amount: z.string() }));
const First = z.tuple([z.strictObject({ month: z.string().nullable() })]);

/**
 * Nothing is booked into months that are over, so they are added up one by one. What is kept and the entries since are
 * read by one statement, as of one moment; the month before counts as open, for what began before midnight.
 */
export async function balances(db: Reads, now: Date): Promise<Pair[]> {
  const sums = new Map<string, number>();
  const add = async (statement: SQL) => {
    for (const { currency, name, amount } of Sums.parse([...(await db.execute(statement))])) {
      const key = `${name} ${currency}`;
      sums.set(key, (sums.get(key) ?? 0) + toMinor(amount, asCurrency(currency)));
    }
  };
  const open = monthStart(now, 1);
  const [{ month: first }] = First.parse([...(await db.execute(FIRST))]);
  for (let month = first ?? open; month < open; month = monthStart(new Date(month), -1)) {
    await add(entries(midnight(month), midnight(monthStart(new Date(month), -1))));
  }
  await add(sql`${entries(midnight(open), sql`'infinity'`)} union all ${KEPT}`);
  return CURRENCIES.flatMap((currency): Pair[] => {
    const of = (name: string) => sums.get(`${name} ${currency}`) ?? 0;
    const all = ACCOUNTS.reduce((sum, account) => sum + of(account), 0);
    return [
      { what: `ledger ${currency}`, currency, kept: 0, source: all },
      { what: `balance due ${currency}`, currency, kept: of("balance due"), source: of("receivable") },
      { what: `credit ${currency}`, currency, kept: of("credit"), source: 0 - of("customer_credit") },
      { what: `MRR ${currency}`, currency, kept: of("MRR"), source: of("moved") },
    ];
  });
}

const accounts = sql`unnest(${`{${ACCOUNTS.join(",")}}`}::text[]) a (code)`;

/** Month of the first entry: the index has that of every account and currency. */
const FIRST = sql`
  select to_char(min(e.at) at time zone 'UTC', 'YYYY-MM-01') as month from ${accounts}, ${currencies}, lateral (
    select min(posted_at) as at from app.ledger_entries where account = a.code and currency = c.code) e`;

function entries(since: SQL, until: SQL): SQL {
  return sql`
    select c.code as currency, a.code as name, ${accountSum(sql`a.code`, since, until)}::text as amount
    from ${accounts}, ${currencies}`;
}

const KEPT = sql`
  select currency, 'balance due', sum(balance_due)::text from app.subscriptions group by 1
  union all select currency, 'MRR', sum(monthly)::text from app.subscriptions group by 1
  union all select currency, 'moved', sum(amount)::text from app.mrr_movements group by 1
  union all select currency, 'credit', sum(balance)::text from app.credit_balances group by 1`;
