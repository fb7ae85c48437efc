import "server-only";
import { and, eq, ne, or, sql } from "drizzle-orm";
import { prices } from "@/drizzle/schema/plans";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { AppError } from "@/lib/core/errors";
import type { ReadDb } from "@/lib/databases/postgres/pool";

/**
 * The database lets nobody have a plan twice. Said also of what is planned: when its day has come, nobody is there to
 * be told. `id` is the subscription that is to have the plan.
 */
export async function refuseTaken(tx: ReadDb, user_id: string, plan_id: string, id?: string): Promise<void> {
  // One after the other for a person: what another one is about to plan cannot be read yet. Sent in one flight.
  const lock = tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`taken:${user_id}`}, 0))`);
  const read = tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .leftJoin(prices, eq(prices.id, subscriptions.next_price_id))
    .where(
      and(
        eq(subscriptions.user_id, user_id),
        ne(subscriptions.status, "canceled"),
        id === undefined ? undefined : ne(subscriptions.id, id),
        or(eq(subscriptions.plan_id, plan_id), eq(prices.plan_id, plan_id)),
      ),
    )
    .limit(1);
  const [, [other]] = await Promise.all([lock, read]);
  if (!other) return;
  const message = "This person has a live subscription to this plan, or will have one.";
  throw new AppError("conflict", message, { fields: { price_id: [message] } });
}
