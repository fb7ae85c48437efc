// Double entry: what happened with the customer, and the balanced lines that say where the money went.
import "server-only";
import { and, eq, not, sql, type SQL } from "drizzle-orm";
import { credit_balances, ledger_entries, subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import type { Money, Scope } from "@/lib/core/operation";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import type { Account, TransactionKind } from "@/lib/transactions/schema";
import { toDecimal, toMinor } from "@/lib/core/amount";
import type { Subscription } from "./schema";

/** What a command writes into the ledger, kept for its preview. */
export type Book = {
  tx: Scope["tx"];
  subscription: Subscription;
  now: Date;
  actor: string | null;
  reason: string | null;
  entries: Money["entries"][number][];
};

export function openBook({ tx, now, ctx }: Scope, subscription: Subscription, reason: string | undefined): Book {
  const actor = ctx.actor.kind === "user" ? ctx.actor.id : null;
  return { tx, subscription, now, actor, reason: reason ?? null, entries: [] };
}

type Details = {
  parent?: string;
  description: string;
  status?: "pending" | "succeeded";
  payment_method?: string | null;
  transaction_id?: string | null;
  period?: { start: Date; end: Date };
  /** The start of the period it belongs to, where it is not for a whole one. */
  of_period?: string;
};

/** Debited and credited accounts of what is booked at once: + first, − second. */
const SIDES: Record<Exclude<TransactionKind, "reversal">, readonly [debit: Account, credit: Account]> = {
  charge: ["receivable", "revenue"],
  payment: ["processor", "receivable"],
  refund: ["refunds", "processor"],
  credit: ["goodwill", "customer_credit"],
  credit_use: ["customer_credit", "receivable"],
  write_off: ["bad_debt", "receivable"],
};

/**
 * Books one transaction; answers its id. Pending ones own no entries until they settle, and are only foretold. `sides`
 * replaces the accounts, for credit that lowers revenue instead of being given away.
 */
export async function book(
  on: Book,
  kind: Exclude<TransactionKind, "reversal">,
  minor: number,
  details: Details,
  sides = SIDES[kind],
): Promise<string> {
  const status = details.status ?? "succeeded";
  const id = await insert(on, kind, minor, { ...details, status });
  const lines = [[sides[0], minor] as const, [sides[1], -minor] as const];
  if (status === "succeeded") await post(on, id, kind, lines);
  else
    on.entries.push(...lines.map(([account, value]) => ({ transaction: kind, account, minor: value, pending: true })));
  return id;
}

async function insert(on: Book, kind: TransactionKind, minor: number, details: Details): Promise<string> {
  const { tx, subscription, now, actor, reason } = on;
  const [row] = await tx
    .insert(transactions)
    .values({
      subscription_id: subscription.id,
      user_id: subscription.user_id,
      plan_id: subscription.plan_id,
      kind,
      amount: toDecimal(minor, subscription.currency),
      currency: subscription.currency,
      status: details.status ?? "succeeded",
      payment_method: details.payment_method ?? null,
      transaction_id: details.transaction_id ?? null,
      parent_id: details.parent ?? null,
      period_start: details.period?.start.toISOString() ?? null,
      period_end: details.period?.end.toISOString() ?? null,
      of_period: details.of_period ?? null,
      description: details.description,
      reason,
      actor_id: actor,
      created_at: now.toISOString(),
      settled_at: details.status === "pending" ? null : now.toISOString(),
    })
    .returning({ id: transactions.id });
  if (!row) throw new TypeError("A transaction was not written.");
  return row.id;
}

async function post(on: Book, id: string, word: TransactionKind, lines: (readonly [Account, number])[]): Promise<void> {
  const { tx, subscription, now, entries } = on;
  await tx.insert(ledger_entries).values(
    lines.map(([account, minor], index) => ({
      transaction_id: id,
      line: index + 1,
      account,
      subscription_id: subscription.id,
      user_id: subscription.user_id,
      amount: toDecimal(minor, subscription.currency),
      currency: subscription.currency,
      posted_at: now.toISOString(),
    })),
  );
  entries.push(...lines.map(([account, minor]) => ({ transaction: word, account, minor })));
}

/** Settles a pending payment or refund. Throws `conflict` when it was settled before. */
export async function settle(
  on: Book,
  { id, kind, minor }: { id: string; kind: "payment" | "refund"; minor: number },
  outcome: { succeeded: true; transaction_id: string | null } | { succeeded: false; failure: string },
): Promise<void> {
  const [row] = await on.tx
    .update(transactions)
    .set({
      status: outcome.succeeded ? "succeeded" : "failed",
      settled_at: on.now.toISOString(),
      ...(outcome.succeeded ? { transaction_id: outcome.transaction_id } : { failure: outcome.failure.slice(0, 200) }),
    })
    .where(and(eq(transactions.id, id), eq(transactions.status, "pending")))
    .returning({ id: transactions.id });
  if (!row) throw new AppError("conflict", "This was settled before.");
  if (!outcome.succeeded) return;
  const [debit, credit] = SIDES[kind];
  await post(on, id, kind, [[debit, minor] as const, [credit, -minor] as const]);
}

/** Books the exact opposite of a transaction that succeeded. Throws `not_found`. */
export async function reverse(on: Book, parent: string, description: string): Promise<{ id: string; minor: number }> {
  const { tx, subscription } = on;
  const lines = await tx
    .select({ account: ledger_entries.account, amount: ledger_entries.amount })
    .from(ledger_entries)
    .where(and(eq(ledger_entries.transaction_id, parent), eq(ledger_entries.subscription_id, subscription.id)))
    .orderBy(ledger_entries.line);
  if (lines.length === 0) throw new AppError("not_found", "There is no such transaction.");
  const opposite = lines.map(({ account, amount }) => [account, -toMinor(amount, subscription.currency)] as const);
  const minor = opposite.reduce((sum, [, value]) => sum + Math.max(value, 0), 0);
  const id = await insert(on, "reversal", minor, { parent, description });
  await post(on, id, "reversal", opposite);
  return { id, minor };
}

type Books = { tx: ReadDb; subscription: Subscription };

/** What the customer has in credit, in the currency of the subscription. Spent twice at once, the second is refused. */
export async function creditOf({ tx, subscription }: Books): Promise<number> {
  const { user_id, currency } = subscription;
  const [row] = await tx
    .select({ balance: credit_balances.balance })
    .from(credit_balances)
    .where(and(eq(credit_balances.user_id, user_id), eq(credit_balances.currency, currency)));
  return row ? toMinor(row.balance, currency) : 0;
}

/** What hangs on a transaction and counts: not failed, not taken back. */
export const used = sql<string>`coalesce((
  select sum(c.amount) from app.subscription_transactions c
  where c.parent_id = subscription_transactions.id and c.status <> 'failed' and not exists (
    select 1 from app.subscription_transactions r where r.parent_id = c.id and r.kind = 'reversal')), 0)`;

export const isReversed = sql<boolean>`exists (select 1 from app.subscription_transactions r
  where r.parent_id = subscription_transactions.id and r.kind = 'reversal')`;

export type Open = {
  id: string;
  kind: TransactionKind;
  minor: number;
  /** What is left to be paid of a charge, or to be given back of a payment. */
  open_minor: number;
  transaction_id: string | null;
  payment_method: string | null;
  settled_at: string | null;
};

/** Credit that was given, which may be taken back; that for what was paid and not used is the customer's own. */
export async function goodwill(on: Books, id?: string): Promise<Open[]> {
  return standing(on, "credit", id, isGoodwill);
}

const isGoodwill = sql`exists (
  select 1 from app.ledger_entries e where e.transaction_id = subscription_transactions.id and e.account = 'goodwill')`;

/** Transactions of one kind that succeeded and were not taken back, oldest first. */
export async function standing(
  { tx, subscription }: Books,
  kind: TransactionKind,
  id?: string,
  which?: SQL,
): Promise<Open[]> {
  const rows = await tx
    .select({
      id: transactions.id,
      kind: transactions.kind,
      amount: transactions.amount,
      used,
      transaction_id: transactions.transaction_id,
      payment_method: transactions.payment_method,
      settled_at: transactions.settled_at,
    })
    .from(transactions)
    .where(
      and(
        eq(transactions.subscription_id, subscription.id),
        eq(transactions.kind, kind),
        eq(transactions.status, "succeeded"),
        id === undefined ? undefined : eq(transactions.id, id),
        not(isReversed),
        which,
      ),
    )
    .orderBy(transactions.id);
  return rows.map(({ amount, used: gone, ...row }) => {
    const minor = toMinor(amount, subscription.currency);
    return { ...row, minor, open_minor: minor - toMinor(gone, subscription.currency) };
  });
}
