import type { Currency } from "@/lib/plans/schema";
import type { SubscriptionRow, SubscriptionStatus } from "@/lib/subscriptions/schema";

/** What the dialogs must know of a subscription. */
export type Target = {
  id: string;
  version: number;
  status: SubscriptionStatus;
  currency: Currency;
  comped: boolean;
  period_end: string;
  payment_method: string | null;
  /** "Business of Ada Okoye" */
  name: string;
};

/** The charge, payment or credit a command is about, and what of it is open. */
export type About = { transaction: string; minor: number };

export function targetOf(subscription: SubscriptionRow): Target {
  const { id, version, status, currency, comped, period_end, payment_method, plan, customer } = subscription;
  const name = `${plan.name} of ${customer.display_name}`;
  return { id, version, status, currency, comped, period_end, payment_method, name };
}

/** States in which something goes on. */
export function isRunning({ status }: Pick<Target, "status">): boolean {
  return status === "trialing" || status === "active" || status === "past_due";
}
