import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Scope } from "@/lib/core/operation";
import type { Subscription } from "./schema";
import { save } from "./touch";

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
      anchor: later(was.period_end),
      period_end: later(was.period_end),
      trial_end: was.paused_from === "trialing" && was.trial_end ? later(was.trial_end) : was.trial_end,
    },
    now,
  );
}
