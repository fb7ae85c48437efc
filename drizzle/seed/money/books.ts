// The books of one invented subscription: what happened with the customer, where the money went, what it brought in.
import { share, toDecimal } from "@/lib/core/amount";
import { monthsOf } from "@/lib/subscriptions/period";
import type { Provider } from "@/lib/subscriptions/schema";
import type { Account, TransactionKind } from "@/lib/transactions/schema";
import { type Random, uuidAt } from "../random";
import type { Price } from "./catalog";

export type TransactionRow = {
  id: string;
  subscription_id: string;
  user_id: string;
  plan_id: string;
  kind: TransactionKind;
  amount: string;
  currency: string;
  status: "pending" | "succeeded" | "failed";
  payment_method: string | null;
  transaction_id: string | null;
  provider: Provider | null;
  parent_id: string | null;
  period_start: string | null;
  period_end: string | null;
  description: string;
  reason: string | null;
  failure: string | null;
  actor_id: string | null;
  created_at: string;
  settled_at: string | null;
};
export type EntryRow = {
  transaction_id: string;
  line: number;
  account: Account;
  subscription_id: string;
  user_id: string;
  amount: string;
  currency: string;
  posted_at: string;
};
export type MovementRow = {
  id: string;
  subscription_id: string;
  plan_id: string;
  at: string;
  kind: "new" | "expansion" | "contraction" | "churn" | "reactivation";
  currency: string;
  amount: string;
};

export type Owner = { id: string; user_id: string; random: Random };

/** A charge and what is still to be paid of it. */
export type Charge = { id: string; open_minor: number; description: string };

export type Books = {
  owner: Owner;
  /** The price of the moment. */
  price: Price;
  /** The customer's credit. */
  credit_minor: number;
  monthly_minor: number;
  transactions: TransactionRow[];
  entries: EntryRow[];
  movements: MovementRow[];
};

type Details = Partial<
  Pick<TransactionRow, "status" | "payment_method" | "transaction_id" | "provider" | "reason" | "failure" | "actor_id">
> & { parent?: string; description: string; period?: { start: Date; end: Date } };

type Sides = readonly [debit: Account, credit: Account];

export const openBooks = (owner: Owner, price: Price): Books => ({
  owner,
  price,
  credit_minor: 0,
  monthly_minor: 0,
  transactions: [],
  entries: [],
  movements: [],
});

/** Books one transaction with its two lines; one that failed or waits has none. Answers its id. */
export function book(
  books: Books,
  at: Date,
  kind: TransactionKind,
  minor: number,
  [debit, credit]: Sides,
  { parent, period, status = "succeeded", ...details }: Details,
): string {
  const { owner, price } = books;
  const id = uuidAt(at, owner.random);
  const currency = price.currency;
  const common = { subscription_id: owner.id, user_id: owner.user_id, currency };
  books.transactions.push({
    ...common,
    id,
    plan_id: price.plan_id,
    kind,
    amount: toDecimal(minor, currency),
    status,
    payment_method: null,
    transaction_id: null,
    provider: null,
    parent_id: parent ?? null,
    period_start: period?.start.toISOString() ?? null,
    period_end: period?.end.toISOString() ?? null,
    reason: null,
    failure: null,
    actor_id: null,
    ...details,
    created_at: at.toISOString(),
    settled_at: status === "pending" ? null : at.toISOString(),
  });
  if (status !== "succeeded") return id;
  for (const [line, [account, value]] of [[debit, minor] as const, [credit, -minor] as const].entries()) {
    const amount = toDecimal(value, currency);
    const posted_at = at.toISOString();
    books.entries.push({ ...common, transaction_id: id, line: line + 1, account, amount, posted_at });
    if (account === "customer_credit") books.credit_minor -= value;
  }
  return id;
}

/** What a price brings in a month, rounded as the database does. */
export function monthlyOf(price: Price, quantity: number, discountPercent: number): number {
  return share(price.amount_minor * quantity, 100 - discountPercent, 100 * monthsOf(price));
}

/** From now on it brings in so much a month; named as the database names it. */
export function moveTo(books: Books, at: Date, monthly_minor: number): void {
  const { owner, price, monthly_minor: before, movements } = books;
  if (monthly_minor === before) return;
  const paid = before > 0 ? (monthly_minor > before ? "expansion" : "contraction") : null;
  const unpaid = movements.length > 0 ? "reactivation" : "new";
  movements.push({
    id: uuidAt(at, owner.random),
    subscription_id: owner.id,
    plan_id: price.plan_id,
    at: at.toISOString(),
    kind: monthly_minor === 0 ? "churn" : (paid ?? unpaid),
    currency: price.currency,
    amount: toDecimal(monthly_minor - before, price.currency),
  });
  books.monthly_minor = monthly_minor;
}
