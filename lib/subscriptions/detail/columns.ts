import "server-only";
import { toDecimal } from "@/lib/core/amount";
import type { LedgerLine } from "./schema";

const amount = (minor: number, { currency }: LedgerLine) => (minor === 0 ? null : toDecimal(minor, currency));

/** What stands in the file of a ledger, by heading. */
export const ledgerColumns: Record<string, (line: LedgerLine) => string | null> = {
  Date: (line) => line.at,
  Transaction: (line) => line.transaction,
  Entry: (line) => line.kind,
  Status: (line) => line.status,
  Description: (line) => line.description,
  Account: (line) => line.account,
  Debit: (line) => amount(Math.max(line.minor, 0), line),
  Credit: (line) => amount(Math.max(-line.minor, 0), line),
  "Balance due": (line) => toDecimal(line.balance_minor, line.currency),
  Currency: (line) => line.currency,
};
