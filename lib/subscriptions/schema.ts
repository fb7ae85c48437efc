import { z } from "zod";
import { cursor, dateBound, list, pageLimit, text, whole } from "@/lib/core/schema";
import { CURRENCIES, PRICE_MAX_MINOR, type Cost } from "@/lib/plans/schema";

export const SUBSCRIPTION_STATUSES = ["incomplete", "trialing", "active", "past_due", "paused", "canceled"] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export const COLLECTION_BEHAVIORS = ["keep", "void", "uncollectible"] as const;
export const PROVIDERS = ["manual", "test"] as const;
export type Provider = (typeof PROVIDERS)[number];

export const Subscription = z.strictObject({
  id: z.uuid(),
  user_id: z.uuid(),
  plan_id: z.uuid(),
  price_id: z.uuid(),
  quantity: z.number().int(),
  status: z.enum(SUBSCRIPTION_STATUSES),
  anchor: z.string(),
  period_start: z.string(),
  period_end: z.string(),
  trial_end: z.string().nullable(),
  comped: z.boolean(),
  /** Two decimals as text, as the store has it. */
  discount_percent: z.string(),
  discount_until: z.string().nullable(),
  paused_at: z.string().nullable(),
  paused_from: z.enum(["trialing", "active", "past_due"]).nullable(),
  resume_at: z.string().nullable(),
  /** The service was paused so long within the running period. */
  paused_seconds: z.number().int(),
  collection_paused_at: z.string().nullable(),
  collection_behavior: z.enum(COLLECTION_BEHAVIORS).nullable(),
  collection_resume_at: z.string().nullable(),
  cancel_at: z.string().nullable(),
  canceled_at: z.string().nullable(),
  cancel_reason: z.string().nullable(),
  next_price_id: z.uuid().nullable(),
  next_quantity: z.number().int().nullable(),
  next_price_at: z.string().nullable(),
  payment_method: z.string().nullable(),
  provider: z.enum(PROVIDERS),
  provider_ref: z.string().nullable(),
  provider_status: z.string().nullable(),
  provider_seen_at: z.string().nullable(),
  retries: z.number().int(),
  retry_at: z.string().nullable(),
  currency: z.enum(CURRENCIES),
  monthly_minor: z.number().int(),
  balance_due_minor: z.number().int(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Subscription = z.infer<typeof Subscription>;

/** Days after each failed try to collect; after the last one a person has to act. */
export const RETRY_AFTER_DAYS = [1, 3, 5, 7] as const;

const target = { id: z.uuid(), version: whole(1) };
const reason = { reason: text(500) };
const amount_minor = whole(1, PRICE_MAX_MINOR);
const flag = () => z.union([z.boolean(), z.stringbool()]);
const quantity = whole(1, 10_000);

/** When something takes effect: at once, when the paid period ends, or on a day. */
export const TIMINGS = ["now", "period_end", "date"] as const;

const timing = { when: z.enum(TIMINGS).default("now"), at: dateBound().optional() };

function dated<T extends z.ZodObject<{ when: z.ZodType; at: z.ZodType }, z.core.$strict>>(schema: T) {
  return schema.refine(({ when, at }) => (when === "date") === (at !== undefined), {
    path: ["at"],
    error: "is needed for a date, and only then",
  });
}

export const CreateSubscription = z.strictObject({
  user_id: z.uuid(),
  price_id: z.uuid(),
  quantity: quantity.default(1),
  /** Instead of what the price says; 0 is no trial. */
  trial_days: whole(0, 365).optional(),
  payment_method: text(50).optional(),
  provider: z.enum(PROVIDERS).default("manual"),
  ...reason,
});

export const ChangePlan = dated(
  z.strictObject({ ...target, price_id: z.uuid(), quantity: quantity.optional(), ...timing, ...reason }),
);

export const ChangeQuantity = dated(z.strictObject({ ...target, quantity, ...timing, ...reason }));

/** Takes back a change of plan or quantity that is still to come. */
export const DropChange = z.strictObject({ ...target, reason: text(500).optional() });

const TRIAL_EXTENSION_MAX_DAYS = 90;
export const ExtendTrial = z.strictObject({ ...target, days: whole(1, TRIAL_EXTENSION_MAX_DAYS), ...reason });

export const PauseService = z.strictObject({ ...target, resume_at: dateBound().optional(), ...reason });

export const PauseCollection = z.strictObject({
  ...target,
  behavior: z.enum(COLLECTION_BEHAVIORS),
  resume_at: dateBound().optional(),
  ...reason,
});

/** Of the service, or of the collection; whichever is paused. */
export const Resume = z.strictObject({ ...target, reason: text(500).optional() });

export const REFUNDS = ["none", "full", "prorated", "amount"] as const;

export const CancelSubscription = dated(
  z.strictObject({
    ...target,
    ...timing,
    /** Of the running period, or an amount of the payments; only when it is canceled now. */
    refund: z.enum(REFUNDS).default("none"),
    refund_minor: amount_minor.optional(),
    ...reason,
  }),
)
  .refine(({ refund, refund_minor }) => (refund === "amount") === (refund_minor !== undefined), {
    path: ["refund_minor"],
    error: "is needed for a refund of an amount, and only then",
  })
  .refine(({ when, refund }) => when === "now" || refund === "none", {
    path: ["refund"],
    error: "is possible only when it is canceled now",
  });

/** Takes back a cancelation that is still to come. */
export const KeepSubscription = z.strictObject({ ...target, reason: text(500).optional() });

/** Gives it for free from the next charge on, or ends that. */
export const CompSubscription = z.strictObject({
  ...target,
  comped: flag(),
  ...reason,
});

export const AddCredit = z.strictObject({ ...target, amount_minor, ...reason });

/** Takes back credit that was not used yet; `transaction` is the credit, without it the newest. */
export const TakeBackCredit = z.strictObject({
  ...target,
  transaction: z.uuid().optional(),
  reason: text(500).optional(),
});

/** Of a payment that came in outside of any processor; `transaction` is the charge it pays. */
export const RecordPayment = z.strictObject({
  ...target,
  transaction: z.uuid(),
  amount_minor,
  payment_method: text(50),
  /** The number on the bank statement; must be new. */
  transaction_id: text(100),
  reason: text(500).optional(),
});

/** `transaction` is the payment. */
export const RefundPayment = z.strictObject({ ...target, transaction: z.uuid(), amount_minor, ...reason });

/** Asks the processor again for what is due; `transaction` is the charge. */
export const RetryPayment = z.strictObject({ ...target, transaction: z.uuid(), reason: text(500).optional() });

/** Gives up what is still due of a charge. */
export const WriteOff = z.strictObject({ ...target, transaction: z.uuid(), ...reason });

export const SUBSCRIPTION_SORTS = ["newest", "oldest", "next", "-next", "monthly", "-monthly"] as const;
export type SubscriptionSort = (typeof SUBSCRIPTION_SORTS)[number];

const filters = {
  /** Start of a customer's name or e-mail, or an id, a transaction_id or a processor's number as a whole. */
  q: text(200).optional(),
  user_id: z.uuid().optional(),
  status: list(SUBSCRIPTION_STATUSES).optional(),
  plan_id: z.uuid().optional(),
  currency: list(CURRENCIES).optional(),
  /** The end of the running period. */
  period_end_after: dateBound().optional(),
  period_end_before: dateBound().optional(),
  trial_end_before: dateBound().optional(),
  /** Monthly value in smallest units of the currency, which has to be given too. */
  monthly_min_minor: whole(0, PRICE_MAX_MINOR).optional(),
  monthly_max_minor: whole(0, PRICE_MAX_MINOR).optional(),
  /** Set to cancel. */
  ending: flag().optional(),
  /** The processor says something else. */
  differs: flag().optional(),
};

/** Amounts of different currencies cannot be compared. */
const oneCurrency = {
  when: ({ currency, monthly_min_minor: min, monthly_max_minor: max }: SubscriptionFilters) =>
    (min === undefined && max === undefined) || currency?.length === 1,
  how: { path: ["currency"], error: "has to be one when an amount is given" },
};

export type SubscriptionFilters = z.infer<z.ZodObject<typeof filters, z.core.$strict>>;

export const FilterSubscriptions = z.strictObject(filters).refine(oneCurrency.when, oneCurrency.how);

export const CountSubscriptions = z.strictObject({});

/** `after` is the id of the last row that left. */
export const ExportSubscriptions = z
  .strictObject({ ...filters, after: z.uuid().optional() })
  .refine(oneCurrency.when, oneCurrency.how);

export const ListSubscriptions = z
  .strictObject({
    ...filters,
    sort: z.enum(SUBSCRIPTION_SORTS).default("newest"),
    limit: pageLimit(),
    after: cursor().optional(),
    before: cursor().optional(),
  })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" })
  .refine(oneCurrency.when, oneCurrency.how);
export type ListSubscriptions = z.infer<typeof ListSubscriptions>;

export const GetSubscription = z.strictObject({ id: z.uuid() });

/** Names for what the ids of a subscription point to. */
export type SubscriptionRow = Subscription & {
  customer: { display_name: string; email: string };
  plan: { code: string; name: string };
  price: Cost;
  next_plan: string | null;
  next_price: Cost | null;
};

export type SubscriptionPage = {
  data: SubscriptionRow[];
  page: {
    next: string | null;
    previous: string | null;
    estimated_total: number;
    exact: boolean;
    /** The words of a search fit more people than were looked at. */
    more_people: boolean;
  };
};
