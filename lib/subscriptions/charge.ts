// A charge, paid from the customer's credit first; the rest is collected by the processor or stays open.
import "server-only";
import { book, creditOf, reverse, type Book } from "./ledger";
import { moneyText } from "@/lib/core/amount";
import type { Line } from "@/lib/core/operation";

export type Charged = {
  lines: Line[];
  /** What the customer still has to pay of it. */
  due_minor: number;
};

/**
 * Books a charge and what follows from it at once. What is left is a pending payment where a processor collects, and
 * an open charge otherwise. While collection is paused the charge is kept open, taken back or written off.
 */
export async function charge(
  on: Book,
  minor: number,
  description: string,
  period?: { start: Date; end: Date },
): Promise<Charged> {
  if (minor === 0) return { lines: [], due_minor: 0 };
  const { collection_behavior: paused, provider, payment_method } = on.subscription;
  const id = await book(on, "charge", minor, { description, ...(period ? { period } : {}) });
  if (paused === "void") {
    await reverse(on, id, "Collection is paused: not charged");
    return { lines: [{ text: "Not charged while collection is paused", minor: -minor }], due_minor: 0 };
  }
  if (paused === "uncollectible") {
    await book(on, "write_off", minor, { parent: id, description: "Collection is paused: written off" });
    return { lines: [{ text: "Written off while collection is paused", minor: -minor }], due_minor: 0 };
  }
  const credit = Math.min(await creditOf(on), minor);
  if (credit > 0) await book(on, "credit_use", credit, { parent: id, description: "Paid from credit" });
  const rest = minor - credit;
  if (rest > 0 && provider !== "manual" && paused === null) {
    await book(on, "payment", rest, { parent: id, description, status: "pending", payment_method });
  }
  return { lines: credit > 0 ? [{ text: "Credit balance", minor: -credit }] : [], due_minor: rest };
}

/** Credit for what was paid and will not be used; it lowers revenue and pays the next charge. */
export async function creditUnused(on: Book, minor: number, description: string): Promise<void> {
  if (minor > 0) await book(on, "credit", minor, { description }, ["revenue", "customer_credit"]);
}

/** "48 × $49.00" */
export function priceText(quantity: number, unitMinor: number, currency: Book["subscription"]["currency"]): string {
  return `${quantity} × ${moneyText(unitMinor, currency)}`;
}
