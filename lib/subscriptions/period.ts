// Calendar arithmetic of periods, in UTC.
import "server-only";
import type { Period } from "@/lib/plans/schema";

export type Cycle = { period: Period; period_count: number };

/** Months of one period. */
export function monthsOf({ period, period_count }: Cycle): number {
  return period_count * (period === "year" ? 12 : 1);
}

/** `months` after `anchor`, on the same day of the month, or the last one where it has no such day. */
export function addMonths(anchor: Date, months: number): Date {
  const day = anchor.getUTCDate();
  const moved = new Date(anchor);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved;
}

/**
 * The end of the period that begins at `start`. It is counted in whole periods from the anchor, so that what began on
 * the 31st ends on the last day of a short month and on the 31st again afterwards.
 */
export function periodEnd(anchor: Date, start: Date, cycle: Cycle): Date {
  const step = monthsOf(cycle);
  const apart = (start.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + start.getUTCMonth() - anchor.getUTCMonth();
  for (let count = Math.max(0, Math.floor(apart / step) - 1); ; count += 1) {
    const end = addMonths(anchor, (count + 1) * step);
    if (end > start) return end;
  }
}

const DAY_MS = 86_400_000;

/** UTC has no clock changes: a day is 24 hours. */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}
