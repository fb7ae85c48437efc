import "server-only";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import { payFromCredit } from "../credit";
import { changed, nextCharge } from "../effect";
import { needsApproval } from "../limits";
import { book, goodwill, openBook, reverse } from "../ledger";
import { subscription } from "../noun";
import { openOf, refund, settled, tooMuch } from "../settle";
import { AddCredit, RecordPayment, RefundPayment, RetryPayment, TakeBackCredit, WriteOff } from "../schema";
import { ANY, LIVE, save, seen } from "../touch";

export const addCredit = command({
  noun: subscription,
  action: "subscription.add-credit",
  permission: "subscriptions.credit",
  input: AddCredit,
  approval: needsApproval,
  async run({ id, version, amount_minor, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, LIVE);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    await save(scope.tx, was, {}, scope.now);
    await book(on, "credit", amount_minor, { description: "Credit given" });
    return changed(on, { was, next_before, lines: [{ text: "Credit for the next charges", minor: -amount_minor }] });
  },
});

export const takeBackCredit = command({
  noun: subscription,
  action: "subscription.take-back-credit",
  permission: "subscriptions.credit",
  input: TakeBackCredit,
  async run({ id, version, transaction, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ANY);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const credit = (await goodwill(on, transaction)).at(-1);
    if (!credit) throw new AppError("not_found", "There is no such credit that was given.");
    await save(scope.tx, was, {}, scope.now);
    const { minor } = await reverse(on, credit.id, "Credit taken back");
    return changed(on, { was, next_before, lines: [{ text: "Credit taken back", minor }] });
  },
});

export const recordPayment = command({
  noun: subscription,
  action: "subscription.record-payment",
  permission: "subscriptions.pay",
  input: RecordPayment,
  async run({ id, version, transaction, amount_minor, payment_method, transaction_id, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ANY);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const open = await openOf(on, "charge", transaction);
    if (amount_minor > open.open_minor) throw tooMuch(open.open_minor, was.currency, "is still to be paid");
    await save(scope.tx, was, settled(was, amount_minor), scope.now);
    const parent = { parent: open.id, description: "Payment recorded" };
    await book(on, "payment", amount_minor, { ...parent, payment_method, transaction_id });
    return changed(on, { was, next_before });
  },
});

/** Money that was given back cannot be taken again: it has no inverse. */
export const refundPayment = command({
  noun: subscription,
  action: "subscription.refund-payment",
  permission: "subscriptions.refund",
  input: RefundPayment,
  approval: needsApproval,
  async run({ id, version, transaction, amount_minor, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ANY);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const payment = await openOf(on, "payment", transaction);
    if (amount_minor > payment.open_minor) throw tooMuch(payment.open_minor, was.currency, "can still be given back");
    await save(scope.tx, was, {}, scope.now);
    return changed(on, { was, next_before, lines: [await refund(on, payment, amount_minor)] });
  },
});

export const retryPayment = command({
  noun: subscription,
  action: "subscription.retry-payment",
  permission: "subscriptions.pay",
  input: RetryPayment,
  async run({ id, version, transaction, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ANY);
    if (was.provider === "manual") {
      throw new AppError("conflict", "No processor collects this subscription. Record the payment when it comes.");
    }
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const open = await openOf(on, "charge", transaction);
    if (open.open_minor === 0) throw new AppError("conflict", "Nothing of this charge is open.");
    const used = await payFromCredit(on);
    const { open_minor: left } = await openOf(on, "charge", transaction);
    await save(scope.tx, was, { ...(used > 0 ? settled(was, used) : {}), retry_at: null }, scope.now);
    const { payment_method } = was;
    const details = { parent: open.id, description: "Collected again", status: "pending" as const, payment_method };
    if (left > 0) await book(on, "payment", left, details);
    const text = `Collected again from ${payment_method ?? "the customer"}`;
    const lines = [{ text: left > 0 ? text : "Paid from credit, nothing to collect", minor: left }];
    return changed(on, { was, next_before, lines });
  },
});

/** A debt that was given up stays given up: it has no inverse. */
export const writeOff = command({
  noun: subscription,
  action: "subscription.write-off",
  permission: "subscriptions.write-off",
  input: WriteOff,
  async run({ id, version, transaction, reason }, scope) {
    const was = await seen(scope.tx, { id, version }, ANY);
    const on = openBook(scope, was, reason);
    const next_before = await nextCharge(on);
    const open = await openOf(on, "charge", transaction);
    if (open.open_minor === 0) throw new AppError("conflict", "Nothing of this charge is open.");
    await save(scope.tx, was, settled(was, open.open_minor), scope.now);
    await book(on, "write_off", open.open_minor, { parent: open.id, description: "Written off" });
    const lines = [
      { text: "Still to be paid", minor: open.open_minor },
      { text: "Written off", minor: -open.open_minor },
    ];
    return changed(on, { was, next_before, lines });
  },
});

export const inverses = [inverse(addCredit, takeBackCredit, ({ id, version }) => ({ id, version, reason: "Undone" }))];
