import { z } from "zod";
import { CURRENCIES, text, whole } from "@/lib/core/schema";

export { CURRENCIES, EXPONENTS, type Currency } from "@/lib/core/schema";

const PLAN_STATUSES = ["draft", "active", "retired"] as const;

export const PERIODS = ["month", "year"] as const;
export type Period = (typeof PERIODS)[number];

export const Price = z.strictObject({
  id: z.uuid(),
  plan_id: z.uuid(),
  currency: z.enum(CURRENCIES),
  /** Smallest unit of the currency, for one unit of quantity and one period. */
  amount_minor: z.number().int().nonnegative(),
  period: z.enum(PERIODS),
  /** So many months or years make one period. */
  period_count: z.number().int().positive(),
  trial_days: z.number().int().nonnegative(),
  /** False when it was superseded: who has it keeps it, nobody else gets it. */
  active: z.boolean(),
  created_at: z.string(),
});
export type Price = z.infer<typeof Price>;

/** What a period costs for one, and how long it is. */
export type Cost = Pick<Price, "amount_minor" | "period" | "period_count">;

export const Plan = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  features: z.array(z.string()),
  status: z.enum(PLAN_STATUSES),
  position: z.number().int(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Plan = z.infer<typeof Plan>;

/** A plan as the audit tells of it: with the price that a command adds or stops selling, in words. */
export const PlanRecord = Plan.extend({ price: z.string().nullable() });

const target = { id: z.uuid(), version: whole(1) };

/** A list, or text with one a line. */
const features = z
  .union([z.array(z.string()), z.string().transform((lines) => lines.split("\n").filter((line) => line.trim() !== ""))])
  .pipe(z.array(text(200)).max(30));

/** What a form sends of a field that was emptied. */
const none = z.null();

const description = {
  name: text(100),
  description: text(1000)
    .or(z.literal(""))
    .or(none.transform(() => ""))
    .optional(),
  features: features.or(none.transform(() => [])).optional(),
  position: whole(0, 10_000).optional(),
};

/** Smallest units; at most what numeric(10,2) holds. */
export const PRICE_MAX_MINOR = 9_999_999_999;

const price = {
  currency: z.enum(CURRENCIES),
  amount_minor: whole(0, PRICE_MAX_MINOR),
  period: z.enum(PERIODS),
  period_count: whole(1, 36).default(1),
  trial_days: whole(0, 365).default(0),
};

export const CreatePlan = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, "is not a code such as business-2026"),
  ...description,
});

export const EditPlan = z.strictObject({ ...target, ...description, name: description.name.optional() });

export const MovePlan = z.strictObject({ ...target, reason: text(500).optional() });

/** Adds a price; one that is sold for the same currency and period is superseded by it. */
export const AddPrice = z.strictObject({ ...target, ...price });

/** Stops selling a price. `id` and `version` are the plan's. */
export const RetirePrice = z.strictObject({ ...target, price_id: z.uuid() });

export const ListPlans = z.strictObject({ status: z.enum(PLAN_STATUSES).optional() });

export const GetPlan = z.strictObject({ id: z.uuid() });

export const CountPlans = z.strictObject({});

/** Who is on a price: how many live subscriptions, and what they bring in a month. */
export const PriceUse = z.strictObject({
  price_id: z.uuid(),
  live: z.number().int().positive(),
  monthly_minor: z.number().int().nonnegative(),
});
export type PriceUse = z.infer<typeof PriceUse>;

/** Bounded: a platform sells a few dozen plans, not thousands. */
export type PlanWithPrices = Plan & { prices: Price[] };

export type PlanList = { data: PlanWithPrices[] };
