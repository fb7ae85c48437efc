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
    await save(tx, was, { collection_paused_at: null, collection_behavior: null, collection_resume_at: null }, now);
    return;
  }
  const pausedMs = Math.max(0, now.getTime() - Date.parse(was.paused_at ?? now.toISOString()));
  const later = (instant: string) => new Date(Date.parse(instant) + pausedMs).toISOString();
  await save(
    tx,
    was,
    {
      status: was.paused_from ?? "active",
      paused_at: null,
      paused_from: null,
      resume_at: null,
      ...endMoved(was, later(was.period_end)),
      trial_end: was.paused_from === "trialing" && was.trial_end ? later(was.trial_end) : was.trial_end,
    },
    now,
  );
}
