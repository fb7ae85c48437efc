// Whether the books of a subscription add up, asked anew each time they are shown.
import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credit_balances } from "@/drizzle/schema/ledger";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { toMinor } from "@/lib/core/amount";
import type { Subscription } from "../schema";
import type { LedgerDifference } from "./schema";

type Books = { total: number; wrong: number; owed: string };

/** How many transactions there are, and every place where two figures that must be the same are not. */
export async function checkBooks(
  db: ReadDb,
  of: Subscription,
): Promise<{ total: number; differences: LedgerDifference[] }> {
  const [books, credit] = await Promise.all([booksOf(db, of), creditGap(db, of)]);
  const gaps: LedgerDifference[] = [
    { what: "transactions", by: books.wrong },
    { what: "balance_due", by: of.balance_due_minor - toMinor(books.owed, of.currency) },
    { what: "credit", by: credit },
  ];
  return { total: books.total, differences: gaps.filter(({ by }) => by !== 0) };
}

/** Lines of each transaction add up to 0, and there are lines when it succeeded and only then. */
async function booksOf(db: ReadDb, { id }: Subscription): Promise<Books> {
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      wrong: sql<number>`count(*) filter (where each.sum <> 0 or (each.status = 'succeeded') <> (each.lines > 0))::int`,
      owed: sql<string>`coalesce(sum(each.owed), 0)::numeric(14, 2)::text`,
    })
    .from(
      sql`(select t.status, count(e.line) as lines, coalesce(sum(e.amount), 0) as sum,
             coalesce(sum(e.amount) filter (where e.account = 'receivable'), 0) as owed
           from app.subscription_transactions t left join app.ledger_entries e on e.transaction_id = t.id
           where t.subscription_id = ${id} group by t.id) each`,
    );
  return row ?? { total: 0, wrong: 0, owed: "0" };
}

/** What the customer has in credit, less what the ledger says. */
async function creditGap(db: ReadDb, { user_id, currency }: Subscription): Promise<number> {
  const [[kept], [booked]] = await Promise.all([
    db
      .select({ sum: credit_balances.balance })
      .from(credit_balances)
      .where(and(eq(credit_balances.user_id, user_id), eq(credit_balances.currency, currency))),
    db
      .select({ sum: sql<string>`coalesce(-sum(e.amount), 0)::numeric(14, 2)::text` })
      .from(sql`app.ledger_entries e`)
      .where(sql`e.user_id = ${user_id} and e.account = 'customer_credit' and e.currency = ${currency}`),
  ]);
  return toMinor(kept?.sum ?? "0", currency) - toMinor(booked?.sum ?? "0", currency);
}
