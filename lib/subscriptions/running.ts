// The running period as it is used: time the service is paused is not part of it.
import "server-only";
import type { Stretch } from "./proration";
import type { Subscription } from "./schema";

type Running = Pick<Subscription, "period_start" | "period_end" | "paused_seconds">;

/** From where it would have begun had it never been paused. */
export function runningOf({ period_start, period_end, paused_seconds }: Running): Stretch {
  return { start: new Date(Date.parse(period_start) + paused_seconds * 1000), end: new Date(period_end) };
}

/** A pause that goes on stops the use. */
export function usedUntil({ paused_at }: Pick<Subscription, "paused_at">, now: Date): Date {
  return paused_at === null ? now : new Date(paused_at);
}

/** A cancelation for the end of the period waits for that end, which every pause moves on. */
export function endsWithPeriod({ cancel_at, period_end }: Pick<Subscription, "cancel_at" | "period_end">): boolean {
  return cancel_at !== null && cancel_at === period_end;
}
