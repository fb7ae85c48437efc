// What a declined payment does to its subscription.
import "server-only";
import { and, eq, ne } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { payFromCredit } from "../credit";
import type { Book } from "../ledger";
import { addDays } from "../period";
import { RETRY_AFTER_DAYS } from "../schema";
import { openOf, settled } from "../settle";

type Declined = { id: string; charge: string };
type Edits = ReturnType<typeof settled>;

/** Credit pays first. What it leaves open is past due, and asked for again later while there are tries left. */
export async function declined(on: Book, payment: Declined): Promise<Edits> {
  const { subscription: was } = on;
  const paid = await payFromCredit(on);
  const { open_minor } = await openOf(on, "charge", payment.charge);
  if (open_minor === 0) return settled(was, paid, on.now);
  if (was.status === "canceled" || was.status === "incomplete") return {};
  const planned = await nextTry(on, payment);
  return was.status === "paused" ? { ...planned, paused_from: "past_due" } : { ...planned, status: "past_due" };
}

/** A charge that is declined for the first time begins the tries anew. */
async function nextTry({ tx, subscription: was, now }: Book, { id, charge }: Declined): Promise<Edits> {
  const [before] = await tx
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.parent_id, charge),
        eq(transactions.kind, "payment"),
        eq(transactions.status, "failed"),
        ne(transactions.id, id),
      ),
    )
    .limit(1);
  // All that is open is asked for at once: the first of these to be declined has planned the next round.
  if (before && was.retry_at !== null) return {};
  const tries = before ? was.retries : 0;
  const wait = RETRY_AFTER_DAYS[tries];
  return {
    retries: Math.min(tries + 1, RETRY_AFTER_DAYS.length),
    retry_at: wait === undefined ? null : addDays(now, wait).toISOString(),
  };
}
