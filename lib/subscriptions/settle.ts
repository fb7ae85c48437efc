// What commands about payments share.
import "server-only";
import { eq } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { AppError } from "@/lib/core/errors";
import type { Line } from "@/lib/core/operation";
import type { Currency } from "@/lib/plans/schema";
import { endMoved } from "./go-on";
import { book, standing, type Book, type Open } from "./ledger";
import { moneyText } from "@/lib/core/amount";
import type { Subscription } from "./schema";

/** A charge or payment of this subscription that stands. Throws AppError `not_found`. */
export async function openOf(on: Book, kind: "charge" | "payment", id: string): Promise<Open> {
  const [found] = await standing(on, kind, id);
  if (!found) throw new AppError("not_found", `There is no such ${kind} that stands.`);
  return found;
}

export function tooMuch(leftMinor: number, currency: Currency, what: string, field = "amount_minor"): AppError {
  const problem = `is more than what ${what}: ${moneyText(leftMinor, currency)}`;
  return new AppError("invalid", "The amount is too high.", { fields: { [field]: [problem] } });
}

type Standing = Partial<
  Pick<Subscription, "status" | "paused_from" | "retries" | "retry_at" | "paused_seconds"> & ReturnType<typeof endMoved>
>;

/** What paying or giving up `minor` does to the state: with nothing left to pay, past due is over, and waiting to begin. */
export function settled(was: Subscription, minor: number, now = new Date()): Standing {
  if (was.balance_due_minor - minor > 0) return {};
  const calm = { retries: 0, retry_at: null };
  if (was.status === "past_due") return { ...calm, status: "active" };
  if (was.status === "incomplete") return { ...calm, status: "active", ...begun(was, now) };
  return was.paused_from === "past_due" ? { ...calm, paused_from: "active" } : calm;
}

/** The period that was paid begins when it was: the time before is not used, like that of a pause. */
function begun(was: Subscription, now: Date): Standing {
  const paused_seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(was.period_start)) / 1000));
  const end = new Date(Date.parse(was.period_end) + paused_seconds * 1000);
  return { paused_seconds, ...endMoved(was, end.toISOString()) };
}

/** Gives money of a payment back the way it came: by hand at once, by a processor when that has answered. */
export async function refund(on: Book, payment: Open, minor: number): Promise<Line> {
  const [from] = await on.tx
    .select({ provider: transactions.provider })
    .from(transactions)
    .where(eq(transactions.id, payment.id));
  await book(on, "refund", minor, {
    parent: payment.id,
    description: "Refund",
    payment_method: payment.payment_method,
    status: from?.provider === "manual" ? "succeeded" : "pending",
  });
  const to = payment.payment_method === null ? "" : ` to ${payment.payment_method}`;
  return { text: `Refund${to} of ${moneyText(payment.minor, on.subscription.currency)} paid`, minor: -minor };
}
