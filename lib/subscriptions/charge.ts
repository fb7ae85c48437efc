// A charge, paid from the customer's credit first; the rest is collected by the processor or stays open.
import "server-only";
import { book, creditOf, reverse, type Book } from "./ledger";
import { moneyText } from "@/lib/core/amount";
import type { Line } from "@/lib/core/operation";

type Details = {
  period?: { start: Date; end: Date };
  /** Of a charge inside a period: the start of that. */
  of_period?: string;
  /** Credit that the caller has just given and shows in a line of its own. */
  shown_minor?: number;
};

/**
 * Books a charge and what follows from it at once, and answers the lines beside it. What is left is a pending payment
 * where a processor collects, and an open charge otherwise. While collection is paused the charge is kept open, taken
 * back or written off.
 */
export async function charge(
  on: Book,
  minor: number,
  description: string,
  { shown_minor = 0, ...period }: Details = {},
): Promise<Line[]> {
  if (minor === 0) return [];
  const { collection_behavior: paused, provider, payment_method } = on.subscription;
  const id = await book(on, "charge", minor, { description, ...period });
  if (paused === "void") {
    await reverse(on, id, "Collection is paused: not charged");
    return [{ text: "Not charged while collection is paused", minor: -minor }];
  }
  if (paused === "uncollectible") {
    await book(on, "write_off", minor, { parent: id, description: "Collection is paused: written off" });
    return [{ text: "Written off while collection is paused", minor: -minor }];
  }
  const credit = Math.min(await creditOf(on), minor);
  if (credit > 0) await book(on, "credit_use", credit, { parent: id, description: "Paid from credit" });
  const rest = minor - credit;
  if (rest > 0 && provider !== "manual" && paused === null) {
    await book(on, "payment", rest, { parent: id, description, status: "pending", payment_method });
  }
  const older = Math.max(credit - shown_minor, 0);
  return older > 0 ? [{ text: "Credit balance", minor: -older }] : [];
}

/** "48 × $49.00" */
export function priceText(quantity: number, unitMinor: number, currency: Book["subscription"]["currency"]): string {
  return `${quantity} × ${moneyText(unitMinor, currency)}`;
}
