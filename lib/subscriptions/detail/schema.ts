import { z } from "zod";
import { cursor, pageLimit } from "@/lib/core/schema";
import type { Currency } from "@/lib/plans/schema";
import type { LedgerEntry, Transaction } from "@/lib/transactions/schema";
import type { SubscriptionRow } from "../schema";

export const SubscriptionDetailInput = z.strictObject({ id: z.uuid() });

export const SubscriptionsOfUser = z.strictObject({ user_id: z.uuid() });

/** Newest first. */
export const SubscriptionLedger = z
  .strictObject({ id: z.uuid(), limit: pageLimit(), after: cursor().optional(), before: cursor().optional() })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" });
export type SubscriptionLedger = z.infer<typeof SubscriptionLedger>;

export const ExportLedger = z.strictObject({ id: z.uuid(), after: z.uuid().optional() });

/** `open_minor`: of a charge, what is still to be paid; of a payment, what may still be given back. */
export type BookedRow = Pick<
  Transaction,
  | "id"
  | "kind"
  | "status"
  | "amount_minor"
  | "currency"
  | "payment_method"
  | "transaction_id"
  | "description"
  | "reason"
  | "failure"
  | "created_at"
  | "settled_at"
> & { open_minor: number; reversed: boolean; entries: LedgerEntry[] };

/** With what the customer owed of this subscription after it. */
export type LedgerRow = BookedRow & { balance_minor: number };

/** What does not add up, if anything. */
export type LedgerDifference = {
  /** A transaction whose lines do not add up to 0; what is due; the credit of the customer. */
  what: "transactions" | "balance_due" | "credit";
  /** How many transactions, or the amount that is too much or too little. */
  by: number;
};

export type LedgerPage = {
  data: LedgerRow[];
  page: { next: string | null; previous: string | null; total: number };
  currency: Currency;
  differences: LedgerDifference[];
};

/** One line of the ledger as it leaves the console; amounts in smallest units. */
export type LedgerLine = {
  at: string;
  transaction: string;
  kind: string;
  status: string;
  description: string;
  account: string | null;
  minor: number;
  balance_minor: number;
  currency: Currency;
};

export type SubscriptionDetail = {
  /** Payments that came in, less what was given back. */
  lifetime_minor: number;
  payments: number;
  refunds: number;
  /** What the customer has in credit, in this currency. */
  credit_minor: number;
  next: { minor: number; at: string } | null;
  /** Charges that are not paid in full, oldest first. */
  open: BookedRow[];
  /** The newest payments and refunds. */
  recent: BookedRow[];
  /** The newest credits; `goodwill`: given away, not what was paid and is not used. Only such can be taken back. */
  credits: (BookedRow & { goodwill: boolean })[];
};

export type CurrencySum = { currency: Currency; minor: number };

export type SubscriptionsOfUserAnswer = {
  data: SubscriptionRow[];
  total: number;
  lifetime: CurrencySum[];
  credits: CurrencySum[];
};
