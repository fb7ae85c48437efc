// What becomes of charges that are not paid, and of payments that were waiting for a processor.
import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/core/operation";
import { changed, nextCharge } from "../effect";
import { book, openBook, settle, standing, type Book } from "../ledger";
import { toMinor } from "@/lib/core/amount";
import { subscription } from "../noun";
import { addDays } from "../period";
import { BillSubscription, ObserveProvider, SettleTransaction } from "../billing/schema";
import { RETRY_AFTER_DAYS, type Subscription } from "../schema";
import { isGivenUp, openOf, settled } from "../settle";
import { ANY, LIVE, save, seen } from "../touch";

/** So long an open charge may wait for a payment by hand. */
export const LAPSE_AFTER_DAYS = 14;

/** Books what a processor answered: it can do so once. What it took though we had given it up is a payment of its own. */
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
    if (waiting.late_for !== null) {
      await bookLate(scope.tx, on, { ...waiting, charge: waiting.late_for }, transaction_id ?? null);
      return changed(on, { was, next_before });
    }
    const paid = waiting.kind === "payment" && succeeded;
    const declined = waiting.kind === "payment" && !succeeded;
    await save(scope.tx, was, paid ? settled(was, waiting.minor) : declined ? late(was, scope.now) : {}, scope.now);
    await settle(
      on,
      waiting,
      succeeded
        ? { succeeded, transaction_id: transaction_id ?? null }
        : { succeeded, failure: failure ?? "Declined without a reason" },
    );
    return changed(on, { was, next_before });
  },
});

/** Asks the processor again for everything that is open. */
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
    await save(scope.tx, was, { retry_at: null }, scope.now);
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
    if (was.provider !== "manual" || !old) throw new AppError("conflict", "Nothing is overdue.");
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

/** `late_for` is the charge of a payment that we had given up and the processor took. */
async function waitingOne({ tx, subscription: of }: Book, id: string, succeeded: boolean) {
  const [row] = await tx
    .select({
      id: transactions.id,
      kind: transactions.kind,
      amount: transactions.amount,
      status: transactions.status,
      failure: transactions.failure,
      parent_id: transactions.parent_id,
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
  const late_for = row && succeeded && row.kind === "payment" && isGivenUp(row.failure) ? row.parent_id : null;
  if (!row || (row.status !== "pending" && late_for === null)) {
    throw new AppError("conflict", "This was settled before.");
  }
  const kind = row.kind === "refund" ? ("refund" as const) : ("payment" as const);
  return { id: row.id, kind, minor: toMinor(row.amount, of.currency), payment_method: row.payment_method, late_for };
}

type Late = { charge: string; minor: number; payment_method: string | null };

async function bookLate(tx: Book["tx"], on: Book, late: Late, transaction_id: string | null): Promise<void> {
  const { subscription: was, now } = on;
  const { charge, minor, payment_method } = late;
  const { open_minor } = await openOf(on, "charge", charge);
  if (minor > open_minor) throw new AppError("conflict", "So much of this charge is not open any more.");
  await save(tx, was, settled(was, minor), now);
  const description = "Payment that came late";
  await book(on, "payment", minor, { parent: charge, description, payment_method, transaction_id });
}

/** After a payment was declined: past due, and asked again later while there are tries left. */
function late(was: Subscription, now: Date): Parameters<typeof save>[2] {
  const wait = RETRY_AFTER_DAYS[was.retries];
  const again = wait === undefined ? { retry_at: null } : { retry_at: addDays(now, wait).toISOString() };
  const tries = { ...again, retries: Math.min(was.retries + 1, RETRY_AFTER_DAYS.length) };
  if (was.status === "paused") return { ...tries, paused_from: "past_due" };
  if (was.status === "canceled" || was.status === "incomplete") return {};
  return { ...tries, status: "past_due" };
}
