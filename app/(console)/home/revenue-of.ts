import "server-only";
import { cache } from "react";
import { attempt } from "@/lib/next/load";
import { revenueFigures, revenueMonths } from "@/lib/revenue/queries";
import type { CurrencyFigures } from "@/lib/revenue/schema";

export const revenueFiguresOf = cache(() => attempt(revenueFigures, {}));
export const revenueMonthsOf = cache(() => attempt(revenueMonths, {}));

/** The figures of the currency asked for; the first, which is the largest, when there are none of it. */
export function figuresIn(data: readonly CurrencyFigures[], currency: string | undefined): CurrencyFigures | undefined {
  return data.find((each) => each.currency === currency) ?? data[0];
}

/** What 30 days did to the MRR: the amount, and as a share of what it was before, null when it was nothing. */
export function monthlyChange(of: CurrencyFigures) {
  const change = of.new_minor + of.expansion_minor + of.contraction_minor + of.churn_minor + of.reactivation_minor;
  const before = of.mrr_minor - change;
  const share = (minor: number) => (before > 0 ? minor / before : null);
  return { change, share: share(change), churn: share(-of.churn_minor) };
}

/** `2.2 %`; `–` when there was nothing to compare with. */
export function percentText(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1).replace("-", "−")}\u2009%`;
}
