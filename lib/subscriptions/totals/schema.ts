import type { Currency } from "@/lib/plans/schema";

/** How many there are in all, by the words people look for. */
export type SubscriptionCounts = Record<"all" | "active" | "trialing" | "past_due" | "ending", number>;

export type SubscriptionTotal = {
  currency: Currency;
  count: number;
  monthly_minor: number;
  balance_due_minor: number;
};
