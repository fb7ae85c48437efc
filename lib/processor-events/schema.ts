import { z } from "zod";
import { cursor, list, pageLimit, text } from "@/lib/core/schema";
import { PROVIDERS, SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";

const OUTCOMES = ["applied", "settled_before", "unmatched"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Of a list: an event without an outcome waits for the worker. */
export const EVENT_STATES = ["unmatched", "waiting", "settled_before", "applied"] as const;
export type EventState = (typeof EVENT_STATES)[number];

export const PROBLEM_MAX = 200;

const KINDS = [
  "payment.succeeded",
  "payment.failed",
  "refund.succeeded",
  "refund.failed",
  "subscription.status",
] as const;
export type EventKind = (typeof KINDS)[number];

const common = { provider: z.enum(PROVIDERS), event_id: z.string().regex(/^[\x21-\x7e]{1,100}$/, "is not an id") };
const settling = { ...common, transaction: z.uuid() };

/** What a processor may tell: how a payment or refund of ours ended, or how it sees a subscription. */
const Told = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal(["payment.succeeded", "refund.succeeded"]), ...settling, reference: text(100) }),
  z.object({ kind: z.literal(["payment.failed", "refund.failed"]), ...settling, detail: text(200) }),
  z.object({
    kind: z.literal("subscription.status"),
    ...common,
    provider_ref: text(100),
    detail: z.enum(SUBSCRIPTION_STATUSES),
  }),
]);

export const ReceiveEvent = z
  .strictObject({
    ...common,
    kind: z.enum(KINDS),
    transaction: z.uuid().optional(),
    provider_ref: text(100).optional(),
    reference: text(100).optional(),
    detail: text(200).optional(),
  })
  .superRefine((event, refused) => {
    for (const issue of Told.safeParse(event).error?.issues ?? []) {
      refused.addIssue({ code: "custom", path: issue.path, message: issue.message });
    }
  });

export const ConcludeEvent = z.strictObject({
  id: z.uuid(),
  version: z.number().int().positive(),
  outcome: z.enum(OUTCOMES),
  /** Why it is unmatched. */
  problem: text(PROBLEM_MAX).optional(),
});

/** Newest first. */
export const ListProcessorEvents = z
  .strictObject({
    state: list(EVENT_STATES).optional(),
    limit: pageLimit(),
    after: cursor().optional(),
    before: cursor().optional(),
  })
  .refine(({ after, before }) => !after || !before, { path: ["before"], error: "cannot be combined with after" });

export const ProcessorEvent = z.strictObject({
  id: z.uuid(),
  provider: z.enum(PROVIDERS),
  event_id: z.string(),
  kind: z.enum(KINDS),
  transaction: z.uuid().nullable(),
  provider_ref: z.string().nullable(),
  reference: z.string().nullable(),
  detail: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  problem: z.string().nullable(),
  version: z.number(),
  received_at: z.string(),
  concluded_at: z.string().nullable(),
});
export type ProcessorEvent = z.infer<typeof ProcessorEvent>;

/** The subscription it is about and whose it is, when that is known. */
export type ProcessorEventRow = ProcessorEvent & { subscription_id: string | null; customer: string | null };

export type ProcessorEventPage = {
  data: ProcessorEventRow[];
  page: { next: string | null; previous: string | null };
};
