import "server-only";
import { and, eq } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import { command, inverse, type Line, type Scope } from "@/lib/core/operation";
import { keepSubscription } from "./commands";
import { changed, nextCharge } from "./effect";
import { openBook, settle, standing, type Book } from "./ledger";
import { needsApproval } from "./limits";
import { toMinor } from "@/lib/plans/money";
import { subscription } from "./noun";
import { cycleMinor, priceOf } from "./prices";
import { unusedMinor } from "./proration";
import { CancelSubscription, type REFUNDS, type Subscription } from "./schema";
import { refund, tooMuch } from "./settle";
import { RUNNING, save, seen } from "./touch";
import { effectiveAt } from "./when";

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
      await save(tx, was, { cancel_at: at, cancel_reason: reason }, now);
      return changed(on, { was, next_before });
    }
    const back = kind === "none" ? null : await refundable(on, kind, refund_minor, now);
    await finish(scope, on, now.toISOString(), reason);
    const lines: Line[] = back ? [await refund(on, back.payment, back.minor)] : [];
    return changed(on, { was, next_before, lines });
  },
});

/** Ends a subscription; what is on its way to be paid is given up, what was charged stays due. */
export async function finish({ tx, now }: Pick<Scope, "tx" | "now">, on: Book, at: string, reason: string | null) {
  const was = on.subscription;
  const waiting = await tx
    .select({ id: transactions.id, amount: transactions.amount })
    .from(transactions)
    .where(
      and(
        eq(transactions.subscription_id, was.id),
        eq(transactions.kind, "payment"),
        eq(transactions.status, "pending"),
      ),
    );
  await save(
    tx,
    was,
    { ...ENDED, status: "canceled", canceled_at: at, cancel_reason: reason ?? was.cancel_reason },
    now,
  );
  for (const { id, amount } of waiting) {
    const payment = { id, kind: "payment" as const, minor: toMinor(amount, was.currency) };
    await settle(on, payment, { succeeded: false, failure: "The subscription was cancelled." });
  }
}

const ENDED = {
  cancel_at: null,
  paused_at: null,
  paused_from: null,
  resume_at: null,
  collection_paused_at: null,
  collection_behavior: null,
  collection_resume_at: null,
  next_price_id: null,
  next_quantity: null,
  next_price_at: null,
  retry_at: null,
};

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
  return unusedMinor(cycleMinor(was, price, was.quantity, running.start), running, now);
}

export const inverses = [
  inverse(cancelSubscription, keepSubscription, ({ id, version, after }) => ({
    id: after?.cancel_at ? id : "",
    version,
    reason: "Undone",
  })),
];
