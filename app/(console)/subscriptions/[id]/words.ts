import type { Icon, Tone } from "@/components/ui/tone";
import type { Account, TransactionKind, TransactionStatus } from "@/lib/transactions/schema";
import { Banknote, Coins, FileX, HandCoins, ReceiptText, RotateCcw, Undo2 } from "lucide-react";

export const ACCOUNT_WORDS: Record<Account, string> = {
  receivable: "Receivable",
  processor: "Cash",
  revenue: "Revenue",
  refunds: "Refunds",
  customer_credit: "Customer credit",
  goodwill: "Goodwill expense",
  bad_debt: "Bad debt",
};

export const KIND_WORDS: Record<TransactionKind, string> = {
  charge: "Charge",
  payment: "Payment",
  refund: "Refund",
  credit: "Credit",
  credit_use: "Paid from credit",
  write_off: "Written off",
  reversal: "Reversal",
};

export const KIND_ICONS: Record<TransactionKind, Icon> = {
  charge: ReceiptText,
  payment: Banknote,
  refund: Undo2,
  credit: Coins,
  credit_use: HandCoins,
  write_off: FileX,
  reversal: RotateCcw,
};

type Mark = { word: string; icon: string; tone: Tone; filled: boolean };

export const MONEY_STATUS: Record<TransactionStatus, Mark> = {
  pending: { word: "Pending", icon: "hourglass", tone: "info", filled: true },
  succeeded: { word: "Succeeded", icon: "circle-check", tone: "ok", filled: false },
  failed: { word: "Failed", icon: "circle-x", tone: "bad", filled: true },
};

/** Fields of the commands, as a message names them. */
export const FIELD_WORDS: Record<string, string> = {
  at: "Date",
  when: "When",
  price_id: "Plan",
  quantity: "Quantity",
  days: "Days",
  resume_at: "Resumes",
  refund: "Refund",
  refund_minor: "Amount",
  amount_minor: "Amount",
  payment_method: "Paid by",
  transaction_id: "Number",
  transaction: "Transaction",
  reason: "Reason",
};
