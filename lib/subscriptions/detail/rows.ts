// Transactions with their lines, as the page of one subscription shows them.
import "server-only";
import { and, eq, sql, type SQL } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { toIso } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { Currency } from "@/lib/plans/schema";
import type { Account } from "@/lib/transactions/schema";
import { isReversed, used } from "../ledger";
import type { BookedRow, LedgerRow } from "./schema";

type Line = { line: number; account: Account; amount: string };

const columns = {
  id: transactions.id,
  kind: transactions.kind,
  status: transactions.status,
  amount: transactions.amount,
  currency: transactions.currency,
  payment_method: transactions.payment_method,
  transaction_id: transactions.transaction_id,
  description: transactions.description,
  reason: transactions.reason,
  failure: transactions.failure,
  created_at: transactions.created_at,
  settled_at: transactions.settled_at,
  used,
  reversed: isReversed,
  entries: sql<Line[]>`coalesce((
    select json_agg(json_build_object('line', e.line, 'account', e.account, 'amount', e.amount::text) order by e.line)
    from app.ledger_entries e where e.transaction_id = subscription_transactions.id), '[]')`,
};

export const selectBooked = (db: ReadDb) => db.select(columns).from(transactions).$dynamic();

type Selected = Awaited<ReturnType<typeof selectBooked>>[number];

export function toBooked({ amount, used: gone, entries, ...row }: Selected): BookedRow {
  const currency = asCurrency(row.currency);
  const amount_minor = toMinor(amount, currency);
  const counts = row.status === "succeeded" && !row.reversed && (row.kind === "charge" || row.kind === "payment");
  return {
    ...row,
    currency,
    amount_minor,
    created_at: toIso(row.created_at),
    settled_at: toIso(row.settled_at),
    open_minor: counts ? amount_minor - toMinor(gone, currency) : 0,
    entries: entries.map(({ amount: of, ...line }) => ({ ...line, amount_minor: toMinor(of, currency) })),
  };
}

export function isGoodwill({ entries }: BookedRow): boolean {
  return entries.some(({ account }) => account === "goodwill");
}

/** What of a transaction changes what the customer owes. */
function owedMinor({ entries }: BookedRow): number {
  return entries
    .filter(({ account }) => account === "receivable")
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
}

/** `rows` stand next to each other, newest first. */
export async function withBalances(
  db: ReadDb,
  subscription: { id: string; currency: Currency },
  rows: readonly BookedRow[],
): Promise<LedgerRow[]> {
  const [first] = rows;
  if (!first) return [];
  let balance_minor = await owedUpTo(db, subscription, first.id);
  return rows.map((row) => {
    const after = balance_minor;
    balance_minor -= owedMinor(row);
    return { ...row, balance_minor: after };
  });
}

async function owedUpTo(db: ReadDb, { id, currency }: { id: string; currency: Currency }, last: string) {
  const [row] = await db
    .select({ owed: sql<string>`coalesce(sum(e.amount), 0)::numeric(14, 2)::text` })
    .from(sql`app.subscription_transactions t`)
    .innerJoin(sql`app.ledger_entries e`, sql`e.transaction_id = t.id and e.account = 'receivable'`)
    .where(sql`t.subscription_id = ${id} and t.id <= ${last}`);
  return toMinor(row?.owed ?? "0", currency);
}

export function ofSubscription(id: string, ...more: (SQL | undefined)[]): SQL | undefined {
  return and(eq(transactions.subscription_id, id), ...more);
}
