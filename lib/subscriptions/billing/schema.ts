import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import { SUBSCRIPTION_STATUSES } from "../schema";

const target = { id: z.uuid(), version: whole(1) };

/** What the billing job asks for: the subscription as it saw it. */
export const BillSubscription = z.strictObject(target);

export const ObserveProvider = z.strictObject({ ...target, provider_status: z.enum(SUBSCRIPTION_STATUSES) });

/** The answer of a processor to a payment or refund that was waiting; `transaction` is ours. */
export const SettleTransaction = z.strictObject({
  ...target,
  transaction: z.uuid(),
  succeeded: z.boolean(),
  /** The processor's number. */
  transaction_id: text(100).optional(),
  failure: text(200).optional(),
});
