import { z } from "zod";
import { text } from "@/lib/core/schema";
import { PROVIDERS, SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";

const OUTCOMES = ["applied", "settled_before", "unmatched"] as const;

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
    kind: z.enum(["payment.succeeded", "payment.failed", "refund.succeeded", "refund.failed", "subscription.status"]),
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
});

export const ProcessorEvent = z.strictObject({
  id: z.uuid(),
  provider: z.enum(PROVIDERS),
  event_id: z.string(),
  kind: z.string(),
  transaction: z.uuid().nullable(),
  provider_ref: z.string().nullable(),
  reference: z.string().nullable(),
  detail: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  version: z.number(),
});
export type ProcessorEvent = z.infer<typeof ProcessorEvent>;
