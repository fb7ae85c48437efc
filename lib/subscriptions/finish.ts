import "server-only";
import { and, eq } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { toMinor } from "@/lib/core/amount";
import type { Scope } from "@/lib/core/operation";
import { GIVEN_UP } from "./collection/schema";
import { settle, type Book } from "./ledger";
import { save } from "./touch";

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
    await settle(on, payment, { succeeded: false, failure: GIVEN_UP.ended });
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
