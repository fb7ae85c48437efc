// Money that moved though we had given it up: a transaction of its own, for what is settled is never edited.
import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { toDecimal } from "@/lib/core/amount";
import { AppError } from "@/lib/core/errors";
import { book, settle, type Book } from "../ledger";
import { openOf } from "../settle";
import { GIVEN_UP } from "./schema";

export type Late = { kind: "payment" | "refund"; parent: string; minor: number; payment_method: string | null };

const WORDS = {
  payment: {
    of: "charge",
    description: "Payment that came late",
    over: "So much of this charge is not open any more.",
  },
  refund: {
    of: "payment",
    description: "Refund that came late",
    over: "So much of this payment cannot be given back any more.",
  },
} as const;

/** Books it as the processor's. Throws `conflict` for one that was booked before, or that does not fit any more. */
export async function bookLate(on: Book, late: Late, transaction_id: string | null): Promise<void> {
  const { kind, parent, minor, payment_method } = late;
  const { of, description, over } = WORDS[kind];
  if (await isBooked(on, late)) throw new AppError("conflict", "This was booked before, when it came late.");
  const { open_minor } = await openOf(on, of, parent);
  if (minor > open_minor) throw new AppError("conflict", over);
  const id = await book(on, kind, minor, { parent, description, payment_method, status: "pending" });
  await settle(on, { id, kind, minor }, { succeeded: true, transaction_id });
}

/** Of what was given up alike, everything has come: another number for it is no other money. */
async function isBooked({ tx, subscription }: Book, { kind, parent, minor }: Late): Promise<boolean> {
  const [row] = await tx
    .select({
      given_up: sql<number>`count(*) filter (where failure in (${GIVEN_UP.ended}, ${GIVEN_UP.silence}))::int`,
      came: sql<number>`count(*) filter (where description = ${WORDS[kind].description})::int`,
    })
    .from(transactions)
    .where(
      and(
        eq(transactions.parent_id, parent),
        eq(transactions.kind, kind),
        eq(transactions.amount, toDecimal(minor, subscription.currency)),
      ),
    );
  return row !== undefined && row.came >= row.given_up;
}
