// Credit that pays what is open already; a new charge takes its credit by itself.
import "server-only";
import { book, creditOf, standing, type Book } from "./ledger";

/** Pays open charges of the subscription from the customer's credit, oldest first; answers how much it was. */
export async function payFromCredit(on: Book): Promise<number> {
  const credit = await creditOf(on);
  if (credit === 0) return 0;
  let left = credit;
  for (const { id, open_minor } of await standing(on, "charge")) {
    const minor = Math.min(left, open_minor);
    if (minor > 0) await book(on, "credit_use", minor, { parent: id, description: "Paid from credit" });
    left -= minor;
  }
  return credit - left;
}
