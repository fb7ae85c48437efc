import "server-only";
import { getTableColumns, sql } from "drizzle-orm";
import { subscription_transactions } from "@/drizzle/schema/ledger";
import { toIso } from "@/lib/core/paging";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { Account, TransactionRow } from "./schema";

type Line = { line: number; account: Account; amount: string };

/** Column by column within the row's own statement: a page of any size is one round trip. */
export const transactionColumns = {
  ...getTableColumns(subscription_transactions),
  entries: sql<Line[]>`coalesce((
    select json_agg(json_build_object('line', e.line, 'account', e.account, 'amount', e.amount::text) order by e.line)
    from app.ledger_entries e where e.transaction_id = subscription_transactions.id), '[]')`,
  reversed: sql<boolean>`exists (
    select 1 from app.subscription_transactions r
    where r.parent_id = subscription_transactions.id and r.kind = 'reversal')`,
  // What hangs on it and counts: not failed, not taken back.
  used: sql<string>`coalesce((
    select sum(c.amount) from app.subscription_transactions c
    where c.parent_id = subscription_transactions.id and c.status <> 'failed' and not exists (
      select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')), 0)::text`,
};

type Selected = typeof subscription_transactions.$inferSelect & { entries: Line[]; reversed: boolean; used: string };

/** Times become ISO, amounts whole numbers of the smallest unit. */
export function toTransaction({ amount, used, entries, ...row }: Selected): TransactionRow {
  const currency = asCurrency(row.currency);
  const amount_minor = toMinor(amount, currency);
  const isOpen = (row.kind === "charge" || row.kind === "payment") && row.status === "succeeded" && !row.reversed;
  return {
    ...row,
    currency,
    amount_minor,
    period_start: toIso(row.period_start),
    period_end: toIso(row.period_end),
    created_at: toIso(row.created_at),
    settled_at: toIso(row.settled_at),
    open_minor: isOpen ? amount_minor - toMinor(used, currency) : 0,
    entries: entries.map(({ amount: moved, ...line }) => ({ ...line, amount_minor: toMinor(moved, currency) })),
  };
}
