// What came in and what is kept for customers, per currency.
import "server-only";
import { eq, sql, type SQL } from "drizzle-orm";
import { credit_balances, subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { CurrencySum } from "./schema";

export type Received = CurrencySum & { payments: number; refunds: number };

/** Payments that came in less what was given back, of the transactions that fit. */
export async function received(db: ReadDb, where: SQL): Promise<Received[]> {
  const rows = await db
    .select({
      currency: transactions.currency,
      sum: sql<string>`coalesce(sum(case when kind = 'payment' then amount else -amount end), 0)::numeric(14, 2)::text`,
      payments: sql<number>`count(*) filter (where kind = 'payment')::int`,
      refunds: sql<number>`count(*) filter (where kind = 'refund')::int`,
    })
    .from(transactions)
    .where(
      sql`${where} and kind in ('payment', 'refund') and status = 'succeeded' and not exists (
      select 1 from app.subscription_transactions r
      where r.parent_id = subscription_transactions.id and r.kind = 'reversal')`,
    )
    .groupBy(transactions.currency)
    .orderBy(transactions.currency);
  return rows.map(({ sum, ...row }) => {
    const currency = asCurrency(row.currency);
    return { ...row, currency, minor: toMinor(sum, currency) };
  });
}

/** Of currencies in which there is some. */
export async function creditsOf(db: ReadDb, user_id: string): Promise<CurrencySum[]> {
  const rows = await db
    .select({ currency: credit_balances.currency, balance: credit_balances.balance })
    .from(credit_balances)
    .where(eq(credit_balances.user_id, user_id))
    .orderBy(credit_balances.currency);
  return rows
    .map(({ currency, balance }) => ({
      currency: asCurrency(currency),
      minor: toMinor(balance, asCurrency(currency)),
    }))
    .filter(({ minor }) => minor !== 0);
}
