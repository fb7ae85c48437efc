// What commands about payments share.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Line } from "@/lib/core/operation";
import type { Currency } from "@/lib/plans/schema";
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

/** Why a payment failed that we gave up ourselves: the processor may still have taken it. */
export const GIVEN_UP = { ended: "The subscription was cancelled.", silence: "The processor did not answer." } as const;

export function isGivenUp(failure: string | null): boolean {
  return failure === GIVEN_UP.ended || failure === GIVEN_UP.silence;
}

type Standing = Partial<Pick<Subscription, "status" | "paused_from" | "retries" | "retry_at">>;

/** What paying or giving up `minor` does to the state: with nothing left to pay, past due is over. */
export function settled(was: Subscription, minor: number): Standing {
  if (was.balance_due_minor - minor > 0) return {};
  const calm = { retries: 0, retry_at: null };
  if (was.status === "past_due") return { ...calm, status: "active" };
  return was.paused_from === "past_due" ? { ...calm, paused_from: "active" } : calm;
}

/** Gives money of a payment back: at once where no processor is asked, else when it has answered. */
export async function refund(on: Book, payment: Open, minor: number): Promise<Line> {
  const byHand = on.subscription.provider === "manual";
  await book(on, "refund", minor, {
    parent: payment.id,
    description: "Refund",
    payment_method: payment.payment_method,
    status: byHand ? "succeeded" : "pending",
  });
  const to = payment.payment_method === null ? "" : ` to ${payment.payment_method}`;
  return { text: `Refund${to} of ${moneyText(payment.minor, on.subscription.currency)} paid`, minor: -minor };
}
