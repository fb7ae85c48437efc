import "server-only";
import { getTableColumns } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { toIso } from "@/lib/core/paging";
import { asCurrency, toMinor } from "@/lib/core/amount";
import type { Subscription } from "./schema";

export const subscriptionColumns = getTableColumns(subscriptions);

type Selected = typeof subscriptions.$inferSelect;

/** Times become ISO, amounts whole numbers of the smallest unit. */
export function toSubscription({ monthly, balance_due, ...row }: Selected): Subscription {
  const currency = asCurrency(row.currency);
  return {
    ...row,
    currency,
    anchor: toIso(row.anchor),
    period_start: toIso(row.period_start),
    period_end: toIso(row.period_end),
    trial_end: toIso(row.trial_end),
    discount_until: toIso(row.discount_until),
    paused_at: toIso(row.paused_at),
    resume_at: toIso(row.resume_at),
    collection_paused_at: toIso(row.collection_paused_at),
    collection_resume_at: toIso(row.collection_resume_at),
    cancel_at: toIso(row.cancel_at),
    canceled_at: toIso(row.canceled_at),
    next_price_at: toIso(row.next_price_at),
    provider_seen_at: toIso(row.provider_seen_at),
    retry_at: toIso(row.retry_at),
    created_at: toIso(row.created_at),
    updated_at: toIso(row.updated_at),
    monthly_minor: toMinor(monthly, currency),
    balance_due_minor: toMinor(balance_due, currency),
  };
}
