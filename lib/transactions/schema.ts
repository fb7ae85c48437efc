import { z } from "zod";
import { CURRENCIES } from "@/lib/plans/schema";
import { cursor, dateBound, list, pageLimit } from "@/lib/core/schema";
import { PROVIDERS } from "@/lib/subscriptions/schema";

export const TRANSACTION_KINDS = [
  "charge",
  "payment",
  "refund",
  "credit",
  "credit_use",
  "write_off",
  "reversal",
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

export const TRANSACTION_STATUSES = ["pending", "succeeded", "failed"] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

export const ACCOUNTS = [
  "receivable",
  "processor",
  "revenue",
  "refunds",
  "customer_credit",
  "goodwill",
  "bad_debt",
] as const;
export type Account = (typeof ACCOUNTS)[number];

/** What happened with a customer's money. */
export const Transaction = z.strictObject({
  id: z.uuid(),
  subscription_id: z.uuid(),
  user_id: z.uuid(),
  plan_id: z.uuid(),
  kind: z.enum(TRANSACTION_KINDS),
  amount_minor: z.number().int().positive(),
  currency: z.enum(CURRENCIES),
  status: z.enum(TRANSACTION_STATUSES),
  payment_method: z.string().nullable(),
  transaction_id: z.string().nullable(),
  /** Of a payment or refund: who moved the money, people by hand or a processor. */
  provider: z.enum(PROVIDERS).nullable(),
  parent_id: z.uuid().nullable(),
  period_start: z.string().nullable(),
  period_end: z.string().nullable(),
  description: z.string(),
  reason: z.string().nullable(),
  failure: z.string().nullable(),
  actor_id: z.uuid().nullable(),
  /** The request under which a second person let it happen. */
  approval_id: z.uuid().nullable(),
  created_at: z.string(),
  settled_at: z.string().nullable(),
});
export type Transaction = z.infer<typeof Transaction>;

/** One line of the ledger: + debit, − credit. */
export type LedgerEntry = { line: number; account: Account; amount_minor: number };

/** `open_minor`: of a charge, what is still to be paid; of a payment, what may still be given back; else 0. */
export type TransactionRow = Transaction & { open_minor: number; reversed: boolean; entries: LedgerEntry[] };

const filters = {
  subscription_id: z.uuid().optional(),
  user_id: z.uuid().optional(),
  kind: list(TRANSACTION_KINDS).optional(),
  status: list(TRANSACTION_STATUSES).optional(),
  created_after: dateBound().optional(),
  created_before: dateBound().optional(),
};

/** Newest first. */
export const ListTransactions = z
  .strictObject({ ...filters, limit: pageLimit(), after: cursor().optional(), before: cursor().optional() })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" });
export type ListTransactions = z.infer<typeof ListTransactions>;

export const GetTransaction = z.strictObject({ id: z.uuid() });

export type TransactionPage = { data: TransactionRow[]; page: { next: string | null; previous: string | null } };
