import "server-only";
import { getTableColumns } from "drizzle-orm";
import { plans, prices } from "@/drizzle/schema/plans";
import { asCurrency, moneyText, toMinor } from "@/lib/core/amount";
import { toIso } from "@/lib/core/paging";
import type { Plan } from "./schema";

export const planColumns = getTableColumns(plans);

export function toPlan(row: typeof plans.$inferSelect): Plan {
  return { ...row, created_at: toIso(row.created_at), updated_at: toIso(row.updated_at) };
}

export const priceColumns = getTableColumns(prices);

/** "$49.00 / month, 14 days of trial", as the audit has it. */
export function priceText({ amount, currency: code, ...price }: typeof prices.$inferSelect): string {
  const currency = asCurrency(code);
  const period = price.period_count === 1 ? price.period : `${price.period_count} ${price.period}s`;
  const trial = price.trial_days === 0 ? "" : `, ${price.trial_days} days of trial`;
  return `${moneyText(toMinor(amount, currency), currency)} / ${period}${trial}`;
}
