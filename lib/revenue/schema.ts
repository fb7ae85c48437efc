import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import { CURRENCIES, type Currency } from "@/lib/plans/schema";

/** A month of one currency, in smallest units; amounts of different currencies are never added up. */
export const RevenueMonth = z.strictObject({
  /** First day of the month, UTC. */
  month: z.string(),
  currency: z.enum(CURRENCIES),
  charged_minor: z.number().int(),
  collected_minor: z.number().int(),
  refunded_minor: z.number().int(),
  credited_minor: z.number().int(),
  written_off_minor: z.number().int(),
  new_minor: z.number().int(),
  expansion_minor: z.number().int(),
  contraction_minor: z.number().int(),
  churn_minor: z.number().int(),
  reactivation_minor: z.number().int(),
  /** Monthly recurring revenue at the end of the month. */
  mrr_minor: z.number().int(),
  computed_at: z.string(),
});
export type RevenueMonth = z.infer<typeof RevenueMonth>;

const MOST_MONTHS = 24;
/** Twelve whole ones and the running one. */
export const SHOWN_MONTHS = 13;

const months = whole(1, MOST_MONTHS).default(SHOWN_MONTHS);

export const RevenueMonths = z.strictObject({ currency: z.enum(CURRENCIES).optional(), months });
export const RevenueFigures = z.strictObject({});
export const CheckRevenue = z.strictObject({ months });
export const RebuildRevenue = z.strictObject({ months, reason: text(500).optional() });

/** What is so now, of one currency; changes are those of the last 30 days. */
export type CurrencyFigures = {
  currency: Currency;
  mrr_minor: number;
  active: number;
  trials_ending: number;
  past_due: number;
  at_risk_minor: number;
  failed_payments: number;
  new_minor: number;
  expansion_minor: number;
  contraction_minor: number;
  churn_minor: number;
  reactivation_minor: number;
  /** Those who began or came back less those who stopped. */
  paying_change: number;
};

export type Figures = { data: CurrencyFigures[]; as_of: string };

/** One figure that the roll-up and its source tell differently. */
export type Difference = { what: string; rolled_up: string; source: string };

export type Check = { differences: Difference[]; checked: number; as_of: string };

/** How each figure is computed, as it is said on the page; the statements of `figures.ts` and `months.ts` do this. */
export const DEFINITIONS = {
  MRR: "What all active and past-due subscriptions bring in a month: price × quantity, less the discount, a year counted as a twelfth. Free, trialing, paused and cancelled ones bring nothing.",
  New: "MRR of subscriptions that paid for the first time.",
  Expansion: "MRR added by those who paid before: a dearer plan, more seats, the end of a discount.",
  Contraction: "MRR lost to cheaper plans, fewer seats and discounts, by those who still pay.",
  Churn: "MRR lost to those who stopped paying: cancelled, paused or made free. As a rate: of the MRR 30 days before.",
  Reactivation: "MRR of those who paid before, stopped, and pay again.",
  "Trials ending": "Trials whose last day is within the next 7 days.",
  "Past due": "Subscriptions with a charge that was declined or is unpaid for 14 days, and what they owe.",
  "Failed payments": "Payments a processor refused within the last 30 days.",
  Charged:
    "Everything charged in the month, by the ledger's revenue account, less what was reversed and credit for what was not used.",
  Collected: "Payments that arrived in the month, before refunds.",
  Refunded: "Payments given back in the month.",
  Credited: "Credit given as goodwill in the month.",
  "Written off": "Charges given up in the month, by the ledger's bad-debt account.",
} as const;
