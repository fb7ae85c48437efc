import "server-only";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import { changed, nextCharge } from "../effect";
import { goOn, owes } from "../go-on";
import { openBook } from "../ledger";
import { subscription } from "../noun";
import { PauseCollection, PauseService, Resume, type Subscription } from "../schema";
import { RUNNING, save, seen } from "../touch";
import { future } from "../when";

/** Stops the service: nothing is charged until it goes on, and the time that was paid is kept. */
export const pauseService = command({
  noun: subscription,
  action: "subscription.pause",
  permission: "subscriptions.pause",
  input: PauseService,
  async run({ id, version, resume_at, reason }, scope) {
    const { tx, now } = scope;
    future(resume_at, now, "resume_at");
    const was = await seen(tx, { id, version }, RUNNING);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const paused = { status: "paused", paused_at: now.toISOString(), paused_from: from(was) } as const;
    await save(tx, was, { ...paused, resume_at: resume_at ?? null }, now);
    return changed(on, { was, next_before });
  },
});

/** The service goes on; charges are kept open, taken back or written off. */
export const pauseCollection = command({
  noun: subscription,
  action: "subscription.pause-collection",
  permission: "subscriptions.pause",
  input: PauseCollection,
  async run({ id, version, behavior, resume_at, reason }, scope) {
    const { tx, now } = scope;
    future(resume_at, now, "resume_at");
    const was = await seen(tx, { id, version }, RUNNING);
    if (was.collection_paused_at !== null) throw new AppError("conflict", "Collection is paused already.");
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const paused = { collection_paused_at: now.toISOString(), collection_behavior: behavior };
    await save(tx, was, { ...paused, collection_resume_at: resume_at ?? null }, now);
    return changed(on, { was, next_before });
  },
});

export const resumeSubscription = command({
  noun: subscription,
  action: "subscription.resume",
  permission: "subscriptions.pause",
  input: Resume,
  async run({ id, version, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, [...RUNNING, "paused"]);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    await goOn(scope, was);
    const lines =
      was.status !== "paused" && owes(was)
        ? [{ text: "Stayed open, collected now", minor: was.balance_due_minor }]
        : [];
    return changed(on, { was, next_before, lines });
  },
});

function from({ status }: Subscription): "trialing" | "active" | "past_due" {
  return status === "trialing" || status === "past_due" ? status : "active";
}

const back = ({ id, version }: { id: string; version: number }) => ({ id, version, reason: "Undone" });

export const inverses = [
  inverse(pauseService, resumeSubscription, back),
  inverse(pauseCollection, resumeSubscription, back),
];
