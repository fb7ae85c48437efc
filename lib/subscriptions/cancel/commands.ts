import "server-only";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Line } from "@/lib/core/operation";
import { chargedOf } from "../charged";
import { refuseCutShort } from "../cut-short";
import { changed, nextCharge } from "../effect";
import { finish } from "../finish";
import { openBook, standing, type Book } from "../ledger";
import { needsApproval } from "../limits";
import { subscription } from "../noun";
import { cycleMinor, priceOf } from "../prices";
import { unusedMinor } from "../proration";
import { CancelSubscription, KeepSubscription, type REFUNDS, type Subscription } from "../schema";
import { refund, tooMuch } from "../settle";
import { RUNNING, save, seen } from "../touch";
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
    const back = kind === "none" ? null : await refundable(on, kind, refund_minor, now);
    await finish(scope, on, now.toISOString(), reason);
    const lines: Line[] = back ? [await refund(on, back.payment, back.minor)] : [];
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

async function refundable(on: Book, kind: (typeof REFUNDS)[number], wanted: number | undefined, now: Date) {
  const payment = (await standing(on, "payment")).filter(({ open_minor }) => open_minor > 0).at(-1);
  if (!payment) {
    throw new AppError("conflict", "There is no payment to give back.", { fields: { refund: ["has no payment"] } });
  }
  const { subscription: was } = on;
  const asked = kind === "amount" ? (wanted ?? 0) : kind === "full" ? payment.open_minor : await rest(on, was, now);
  if (kind === "amount" && asked > payment.open_minor) {
    throw tooMuch(payment.open_minor, was.currency, "can still be given back", "refund_minor");
  }
  const minor = Math.min(asked, payment.open_minor);
  if (minor > 0) return { payment, minor };
  throw new AppError("conflict", "Nothing of the period is left to give back.", { fields: { refund: ["is nothing"] } });
}

async function rest(on: Book, was: Subscription, now: Date): Promise<number> {
  const running = { start: new Date(was.period_start), end: new Date(was.period_end) };
  const price = await priceOf(on.tx, was.price_id);
  const unused = unusedMinor(cycleMinor(was, price, was.quantity, running.start), running, now);
  return Math.min(unused, (await chargedOf(on)).kept_minor);
}

export const inverses = [
  inverse(cancelSubscription, keepSubscription, ({ id, version, after }) => ({
    id: after?.cancel_at ? id : "",
    version,
    reason: "Undone",
  })),
];
