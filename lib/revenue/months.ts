import "server-only";
import { gte, sql } from "drizzle-orm";
import { revenue_months } from "@/drizzle/schema/revenue";
import { toIso } from "@/lib/core/paging";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { Db } from "@/lib/databases/postgres/pool";
import type { RevenueMonth } from "./schema";
import { fromSources, monthStart } from "./sources";

export const SUMS = [
  ...["charged", "collected", "refunded", "credited", "written_off"],
  ...["mrr_new", "mrr_expansion", "mrr_contraction", "mrr_churn", "mrr_reactivation", "mrr_end"],
] as const;

/** Computes `months` months up to that of `now`, and replaces what was computed of them before. */
export async function rollUp(tx: Pick<Db, "execute" | "insert">, now: Date, months: number): Promise<void> {
  const rows = await fromSources(tx, now, months);
  const computed_at = now.toISOString();
  const replaced = Object.fromEntries([...SUMS, "computed_at"].map((name) => [name, sql.raw(`excluded.${name}`)]));
  await tx
    .insert(revenue_months)
    .values(rows.map((row) => ({ ...row, computed_at })))
    .onConflictDoUpdate({ target: [revenue_months.month, revenue_months.currency], set: replaced });
}

/** The months that are kept, up to that of `now`. */
export const keptSince = (now: Date, months: number) => gte(revenue_months.month, monthStart(now, months - 1));

export function toMonth(row: typeof revenue_months.$inferSelect): RevenueMonth {
  const currency = asCurrency(row.currency);
  const minor = (name: (typeof SUMS)[number]) => toMinor(row[name], currency);
  return {
    month: row.month,
    currency,
    charged_minor: minor("charged"),
    collected_minor: minor("collected"),
    refunded_minor: minor("refunded"),
    credited_minor: minor("credited"),
    written_off_minor: minor("written_off"),
    new_minor: minor("mrr_new"),
    expansion_minor: minor("mrr_expansion"),
    contraction_minor: minor("mrr_contraction"),
    churn_minor: minor("mrr_churn"),
    reactivation_minor: minor("mrr_reactivation"),
    mrr_minor: minor("mrr_end"),
    computed_at: toIso(row.computed_at),
  };
}
