// What becomes of charges that are not paid, and of payments that were waiting for a processor.
import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/core/operation";
import { payFromCredit } from "../credit";
import { changed, nextCharge } from "../effect";
import { book, openBook, settle, standing, type Book } from "../ledger";
import { toMinor } from "@/lib/core/amount";
import { subscription } from "../noun";
import { addDays } from "../period";
import { BillSubscription, ObserveProvider, SettleTransaction } from "../billing/schema";
import { settled } from "../settle";
import { ANY, LIVE, save, seen } from "../touch";
import { declined } from "./declined";
import { bookLate } from "./late";
import { isGivenUp } from "./schema";

/** So long an open charge may wait for a payment by hand. */
export const LAPSE_AFTER_DAYS = 14;

/** Books what a processor answered: it can do so once. What moved though we had given it up is booked beside that. */
export const settleTransaction = command({
  noun: subscription,
  action: "subscription.settle",
  permission: "subscriptions.bill",
  input: SettleTransaction,
  async run({ transaction, succeeded, transaction_id, failure, ...target }, scope) {
    const was = await seen(scope.tx, target, ANY);
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    const waiting = await waitingOne(on, transaction, succeeded);
    const { id, kind, minor, parent } = waiting;
    const result = succeeded
      ? { succeeded, transaction_id: transaction_id ?? null }
      : { succeeded, failure: failure ?? "Declined without a reason" };
    if (waiting.isLate) await bookLate(on, waiting, transaction_id ?? null);
    else await settle(on, waiting, result);
    const paid = () => (succeeded ? settled(was, minor, scope.now) : declined(on, { id, charge: parent }));
    await save(scope.tx, was, kind === "payment" ? await paid() : {}, scope.now);
    return changed(on, { was, next_before });
  },
});

/** Asks the processor again for everything that is open and that credit does not pay. */
export const collectAgain = command({
  noun: subscription,
  action: "subscription.collect-again",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const was = await seen(scope.tx, target, LIVE);
    if (was.retry_at === null || new Date(was.retry_at) > scope.now)
      throw new AppError("conflict", "It is not due yet.");
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    const paid = await payFromCredit(on);
    await save(scope.tx, was, { retry_at: null, ...settled(was, paid, scope.now) }, scope.now);
    for (const { id, open_minor } of await openCharges(on)) {
      const { payment_method } = was;
      const details = { parent: id, description: "Collected again", status: "pending" as const, payment_method };
      await book(on, "payment", open_minor, details);
    }
    return changed(on, { was, next_before });
  },
});

/** Nobody paid by hand in time. */
export const lapseSubscription = command({
  noun: subscription,
  action: "subscription.lapse",
  permission: "subscriptions.bill",
  input: BillSubscription,
  async run(target, scope) {
    const was = await seen(scope.tx, target, ["active"]);
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    const since = addDays(scope.now, -LAPSE_AFTER_DAYS);
    const old = (await openCharges(on)).some(({ settled_at }) => settled_at !== null && new Date(settled_at) <= since);
    if (was.provider !== "manual" || was.collection_paused_at !== null || !old)
      throw new AppError("conflict", "Nothing is overdue.");
    await save(scope.tx, was, { status: "past_due" }, scope.now);
    return changed(on, { was, next_before });
  },
});

/** Keeps how the processor sees it: where that differs from us, one of the two is wrong. */
export const observeProvider = command({
  noun: subscription,
  action: "subscription.observe",
  permission: "subscriptions.bill",
  input: ObserveProvider,
  async run({ provider_status, ...target }, scope) {
    const was = await seen(scope.tx, target, ANY);
    const on = openBook(scope, was, undefined);
    const next_before = await nextCharge(on);
    await save(scope.tx, was, { provider_status, provider_seen_at: scope.now.toISOString() }, scope.now);
    return changed(on, { was, next_before });
  },
});

async function openCharges(on: Book) {
  return (await standing(on, "charge")).filter(({ open_minor }) => open_minor > 0);
}

/** `isLate`: we had given it up, and the processor carried it out. */
async function waitingOne({ tx, subscription: of }: Book, id: string, succeeded: boolean) {
  const [row] = await tx
    .select({
      kind: transactions.kind,
      amount: transactions.amount,
      status: transactions.status,
      failure: transactions.failure,
      parent: transactions.parent_id,
      payment_method: transactions.payment_method,
    })
    .from(transactions)
    .where(
      and(
        eq(transactions.id, id),
        eq(transactions.subscription_id, of.id),
        inArray(transactions.kind, ["payment", "refund"]),
      ),
    );
  const isLate = row !== undefined && succeeded && isGivenUp(row.failure);
  if (!row || row.parent === null || (row.status !== "pending" && !isLate)) {
    throw new AppError("conflict", "This was settled before.");
  }
  const { parent, payment_method } = row;
  const kind = row.kind === "refund" ? ("refund" as const) : ("payment" as const);
  return { id, kind, parent, minor: toMinor(row.amount, of.currency), payment_method, isLate };
}
