// What a change does to money: integer minor units of one currency, shown in the preview and held by its plan.
import "server-only";

/** One line of a calculation; negative is in the customer's favour. */
export type Line = { text: string; minor: number };

/** What a change does to a customer's money. */
export type Money = {
  currency: string;
  /** The calculation; adds up to due_minor. Empty when nothing is due today. */
  lines: readonly Line[];
  /** Asked of the customer now (positive) or given back (negative). */
  due_minor: number;
  /** The next regular charge before and after; null when there is none. */
  next_before: { minor: number; at: string } | null;
  next: { minor: number; at: string } | null;
  /** Monthly recurring revenue before and after. */
  monthly_before_minor: number;
  monthly_minor: number;
  /** Words for the state before and after, such as "Active" and "Active, cancels 1 Dec 2026". */
  state_before: string;
  state: string;
  /** What the ledger will hold: + debit, − credit; sums to 0. Pending ones when the processor has confirmed. */
  entries: readonly { transaction: string; account: string; minor: number; pending?: boolean }[];
};
