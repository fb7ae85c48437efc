import type { Permission } from "@/lib/auth/permissions";
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

/** What the menu of a row must know beside it. */
export type RowTarget = Target & {
  /** Set to cancel. */
  ends: boolean;
  /** Service or collection is paused. */
  held: boolean;
};

export function rowTargetOf(subscription: SubscriptionRow): RowTarget {
  return { ...targetOf(subscription), ends: isEnding(subscription), held: isHeld(subscription) };
}

export function isHeld({ status, collection_paused_at }: SubscriptionRow): boolean {
  return status === "paused" || collection_paused_at !== null;
}

function isEnding({ status, cancel_at }: SubscriptionRow): boolean {
  return status !== "canceled" && cancel_at !== null;
}

/** Which actions the role is offered; the operation decides again. */
export type SubscriptionMay = Record<"change" | "pause" | "credit" | "cancel", boolean>;

export function mayOf(can: (permission: Permission) => boolean): SubscriptionMay {
  return {
    change: can("subscriptions.change"),
    pause: can("subscriptions.pause"),
    credit: can("subscriptions.credit"),
    cancel: can("subscriptions.cancel"),
  };
}

/** States in which something goes on. */
export function isRunning({ status }: Pick<Target, "status">): boolean {
  return status === "trialing" || status === "active" || status === "past_due";
}
