// When a change takes effect, checked against the running period.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Subscription, TIMINGS } from "./schema";

export type Timing = { when: (typeof TIMINGS)[number]; at?: string | undefined };

/** How far ahead something may be planned. */
const MOST_AHEAD_MS = 2 * 366 * 86_400_000;

/** The instant a later change takes effect; null for now. Throws AppError `invalid` at `at`. */
export function effectiveAt({ when, at }: Timing, subscription: Subscription, now: Date): string | null {
  if (when === "now") return null;
  if (when === "date" && at !== undefined) {
    future(at, now, "at");
    return at;
  }
  return subscription.status === "trialing" && subscription.trial_end
    ? subscription.trial_end
    : subscription.period_end;
}

/** Throws AppError `invalid` at `field` for a time that is over or more than two years away. */
export function future(at: string | undefined, now: Date, field: string): void {
  if (at === undefined) return;
  const time = Date.parse(at);
  if (time > now.getTime() && time - now.getTime() <= MOST_AHEAD_MS) return;
  const problem = time <= now.getTime() ? "is in the past" : "is more than two years away";
  throw new AppError("invalid", "This date cannot be used.", { fields: { [field]: [problem] } });
}
