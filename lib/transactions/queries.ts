import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { readStart, toPage, writeCursor } from "@/lib/core/paging";
import { transaction } from "./noun";
import { toTransaction, transactionColumns } from "./rows";
import { GetTransaction, ListTransactions, type TransactionPage, type TransactionRow } from "./schema";

const ORDER = "transaction.list";

/** Newest first, each with its lines in the ledger, all in one statement. */
export const listTransactions = query({
  noun: transaction,
  action: "transaction.list",
  permission: "subscriptions.read",
  input: ListTransactions,
  async run(input, { db, keys }): Promise<TransactionPage> {
    const { from, backwards } = readStart(keys, ORDER, input);
    const [id] = from;
    const beyond = id ? (backwards ? gt : lt)(transactions.id, String(id)) : undefined;
    const rows = await db
      .select(transactionColumns)
      .from(transactions)
      .where(and(matching(input), beyond))
      .orderBy(backwards ? asc(transactions.id) : desc(transactions.id))
      .limit(input.limit + 1);
    const cursorOf = (row: { id: string }) => writeCursor(keys, ORDER, [row.id]);
    const { data, ...page } = toPage(rows, input.limit, input, cursorOf, toTransaction);
    return { data, page };
  },
});

export const getTransaction = query({
  noun: transaction,
  action: "transaction.get",
  permission: "subscriptions.read",
  input: GetTransaction,
  async run({ id }, { db }): Promise<TransactionRow> {
    const [row] = await db.select(transactionColumns).from(transactions).where(eq(transactions.id, id));
    if (!row) throw new AppError("not_found", "There is no such transaction.");
    return toTransaction(row);
  },
});

function matching(filters: ListTransactions): SQL | undefined {
  const { subscription_id, user_id, kind, status, created_after, created_before } = filters;
  return and(
    subscription_id === undefined ? undefined : eq(transactions.subscription_id, subscription_id),
    user_id === undefined ? undefined : eq(transactions.user_id, user_id),
    kind && inArray(transactions.kind, kind),
    status && inArray(transactions.status, status),
    created_after
      ? and(gte(transactions.created_at, created_after), gte(transactions.id, around(created_after, -1)))
      : undefined,
    created_before
      ? and(lt(transactions.created_at, created_before), lt(transactions.id, around(created_before, 1)))
      : undefined,
  );
}

const DAY_MS = 86_400_000;

/** The first id some days away from an instant: ids carry their time, and so bound what the primary key has to read. */
function around(instant: string, days: number): string {
  const hex = Math.max(0, Date.parse(instant) + days * DAY_MS)
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
