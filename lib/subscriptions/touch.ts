// The first step of every command: the compare-and-set on the row, which also locks it for the rest.
import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { AppError } from "@/lib/core/errors";
import type { Scope } from "@/lib/core/operation";
import { subscriptionColumns, toSubscription } from "./rows";
import type { Subscription, SubscriptionStatus } from "./schema";
import { STATUS_WORDS } from "./client";

export type Target = { id: string; version: number };

type Tx = Pick<Scope, "tx">["tx"];

/**
 * Locks the subscription at the version the caller saw. Throws AppError `not_found`, `stale` with the record as it is,
 * or `conflict` when it is in none of the states `from`.
 */
export async function seen(
  tx: Tx,
  { id, version }: Target,
  from: readonly SubscriptionStatus[],
): Promise<Subscription> {
  const [row] = await tx.select(subscriptionColumns).from(subscriptions).where(eq(subscriptions.id, id)).for("update");
  if (!row) throw new AppError("not_found", "There is no such subscription.");
  const current = toSubscription(row);
  if (current.version !== version) {
    throw new AppError("stale", "Someone else saved this subscription first.", { current });
  }
  if (!from.includes(current.status)) {
    throw new AppError("conflict", `This subscription is ${STATUS_WORDS[current.status].toLowerCase()}.`);
  }
  return current;
}

export const LIVE = ["incomplete", "trialing", "active", "past_due", "paused"] as const;
export const RUNNING = ["trialing", "active", "past_due"] as const;
export const ANY = [...LIVE, "canceled"] as const;

type Edits = Omit<Partial<typeof subscriptions.$inferInsert>, "id" | "version" | "updated_at">;

/** Writes what changes at the version that is locked; answers the whole record afterwards. */
export async function save(tx: Tx, was: Subscription, edits: Edits, now: Date): Promise<Subscription> {
  const [row] = await tx
    .update(subscriptions)
    .set({ ...edits, version: sql`${subscriptions.version} + 1`, updated_at: now.toISOString() })
    .where(and(eq(subscriptions.id, was.id), eq(subscriptions.version, was.version)))
    .returning(subscriptionColumns);
  if (!row) throw new AppError("stale", "Someone else saved this subscription first.", { current: was });
  return toSubscription(row);
}

/** The record again, after the ledger moved its balance. */
export async function reread(tx: Tx, { id }: Target): Promise<Subscription> {
  const [row] = await tx
    .select(subscriptionColumns)
    .from(subscriptions)
    .where(inArray(subscriptions.id, [id]));
  if (!row) throw new AppError("not_found", "There is no such subscription.");
  return toSubscription(row);
}
