import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Scope } from "@/lib/core/operation";
import type { Subscription } from "./schema";
import { save } from "./touch";

/** The period ends at another time, and with it what was planned for its end; later periods count from there. */
export function endMoved({ period_end, cancel_at, next_price_at }: Subscription, to: string) {
  const along = (at: string | null) => (at === period_end ? to : at);
  return { anchor: to, period_end: to, cancel_at: along(cancel_at), next_price_at: along(next_price_at) };
}

/** Ends whichever pause there is. The time the service was paused is added to the period that was paid, or the trial. */
export async function goOn({ tx, now }: Pick<Scope, "tx" | "now">, was: Subscription): Promise<void> {
  if (was.status !== "paused") {
    if (was.collection_paused_at === null) throw new AppError("conflict", "Nothing is paused.");
    await save(tx, was, { ...COLLECTED, ...(owes(was) && { retry_at: now.toISOString() }) }, now);
    return;
  }
  const pausedSeconds = Math.max(
    0,
    Math.floor((now.getTime() - Date.parse(was.paused_at ?? now.toISOString())) / 1000),
  );
  const later = (instant: string) => new Date(Date.parse(instant) + pausedSeconds * 1000).toISOString();
  await save(
    tx,
    was,
    {
      status: was.paused_from ?? "active",
      paused_at: null,
      paused_from: null,
      resume_at: null,
      paused_seconds: was.paused_seconds + pausedSeconds,
      ...endMoved(was, later(was.period_end)),
      ...slept(was, now),
      trial_end: was.paused_from === "trialing" && was.trial_end ? later(was.trial_end) : was.trial_end,
    },
    now,
  );
}

const COLLECTED = { collection_paused_at: null, collection_behavior: null, collection_resume_at: null };

/** What stayed open while collection was paused is collected when it goes on. */
export function owes({ provider, balance_due_minor }: Subscription): boolean {
  return provider !== "manual" && balance_due_minor > 0;
}

/** A change whose day came in the pause takes effect when the service goes on. */
function slept({ next_price_at, period_end }: Subscription, now: Date) {
  const missed = next_price_at !== null && next_price_at !== period_end && Date.parse(next_price_at) < now.getTime();
  return missed ? { next_price_at: now.toISOString() } : {};
}
