import "server-only";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Line } from "@/lib/core/operation";
import { chargedOf, unusedOf } from "../charged";
import { refuseCutShort } from "../cut-short";
import { changed, nextCharge } from "../effect";
import { finish } from "../finish";
import { openBook, standing, type Book } from "../ledger";
import { needsApproval } from "../limits";
import { subscription } from "../noun";
import { priceOf } from "../prices";
import { usedUntil } from "../running";
import { CancelSubscription, KeepSubscription, type REFUNDS } from "../schema";
import { tooMuch } from "../settle";
import { RUNNING, save, seen } from "../touch";
import { refundFrom, refundUnused } from "../unused";
import { effectiveAt } from "../when";

const cutShort = () =>
  new AppError(
    "conflict",
    "A period of another length is planned, charged as a whole, and this would cut it short. Take the change back first.",
  );

export const cancelSubscription = command({
  noun: subscription,
  action: "subscription.cancel",
  permission: "subscriptions.cancel",
  input: CancelSubscription,
  approval: needsApproval,
  async run({ id, version, reason, refund: kind, refund_minor, ...timing }, scope) {
    const { tx, now } = scope;
    const was = await seen(tx, { id, version }, ["incomplete", ...RUNNING, "paused"]);
    const at = effectiveAt(timing, was, now);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    if (at !== null) {
      if (was.cancel_at !== null) throw new AppError("conflict", "It is going to be cancelled already. Keep it first.");
      if (was.next_price_at !== null && was.next_price_at >= at) {
        throw new AppError("conflict", "A change is planned for later than that. Take it back first.");
      }
      if (was.next_price_at !== null && was.next_price_id !== null) {
        const plans = { price: await priceOf(tx, was.next_price_id), from: was.next_price_at, end: at };
        await refuseCutShort(tx, was, plans, cutShort());
      }
      await save(tx, was, { cancel_at: at, cancel_reason: reason }, now);
      return changed(on, { was, next_before });
    }
    await finish(scope, on, now.toISOString(), reason);
    const lines = kind === "none" ? [] : await giveBack(on, kind, refund_minor ?? 0, now);
    return changed(on, { was, next_before, lines });
  },
});

export const keepSubscription = command({
  noun: subscription,
  action: "subscription.keep",
  permission: "subscriptions.cancel",
  input: KeepSubscription,
  async run({ id, version, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, [...RUNNING, "paused"]);
    if (was.cancel_at === null) throw new AppError("conflict", "This subscription is not going to be cancelled.");
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    await save(scope.tx, was, { cancel_at: null, cancel_reason: null }, scope.now);
    return changed(on, { was, next_before });
  },
});

/** `full` is everything the running period cost, `prorated` what of it is not used. Throws when that is nothing. */
async function giveBack(on: Book, kind: (typeof REFUNDS)[number], wanted: number, now: Date): Promise<Line[]> {
  const { subscription: was } = on;
  if (kind === "amount") return refundAmount(on, wanted);
  const price = await priceOf(on.tx, was.price_id);
  const minor = kind === "full" ? (await chargedOf(on)).kept_minor : await unusedOf(on, price, 0, usedUntil(was, now));
  if (minor > 0) return refundUnused(on, was, minor);
  throw new AppError("conflict", "Nothing of the period is left to give back.", { fields: { refund: ["is nothing"] } });
}

async function refundAmount(on: Book, minor: number): Promise<Line[]> {
  const payments = (await standing(on, "payment")).reverse();
  const most = payments.reduce((sum, { open_minor }) => sum + open_minor, 0);
  if (most === 0) {
    throw new AppError("conflict", "There is no payment to give back.", { fields: { refund: ["has no payment"] } });
  }
  if (minor > most) throw tooMuch(most, on.subscription.currency, "can still be given back", "refund_minor");
  return refundFrom(on, payments, minor);
}

export const inverses = [
  inverse(cancelSubscription, keepSubscription, ({ id, version, after }) => ({
    id: after?.cancel_at ? id : "",
    version,
    reason: "Undone",
  })),
];
