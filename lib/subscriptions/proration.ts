// What the rest of a running period is worth, by the second.
import "server-only";
import { share } from "@/lib/core/amount";

export type Stretch = { start: Date; end: Date };

const seconds = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / 1000);

/**
 * The part of `amountMinor`, paid for a whole stretch, that falls after `now`: amount × seconds left ÷ seconds in all,
 * rounded half away from zero to the smallest unit. All of it before the stretch began, nothing after its end.
 */
export function unusedMinor(amountMinor: number, { start, end }: Stretch, now: Date): number {
  const all = seconds(start, end);
  const left = Math.min(Math.max(seconds(now, end), 0), all);
  return all <= 0 ? 0 : share(amountMinor, left, all);
}

/** What one period costs: unit × quantity, less the discount, rounded once. `discountPercent` as "12.50". */
export function periodAmountMinor(unitMinor: number, quantity: number, discountPercent: string): number {
  const hundredths = Math.round(Number(discountPercent) * 100);
  return share(unitMinor * quantity, 10_000 - hundredths, 10_000);
}
