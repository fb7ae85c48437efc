// What stands in each column of the file of subscriptions.
import "server-only";
import type { Cell } from "@/lib/core/csv";
import { toDecimal } from "@/lib/core/amount";
import { stateText } from "./client";
import type { SubscriptionRow } from "./schema";

export const EXPORT_COLUMNS: Record<string, (row: SubscriptionRow) => Cell> = {
  Id: ({ id }) => id,
  Customer: ({ customer }) => customer.display_name,
  "E-mail": ({ customer }) => customer.email,
  "Customer id": ({ user_id }) => user_id,
  Plan: ({ plan }) => plan.name,
  "Plan code": ({ plan }) => plan.code,
  Quantity: ({ quantity }) => quantity,
  Status: ({ status }) => status,
  State: stateText,
  Currency: ({ currency }) => currency,
  Price: ({ price, currency }) => toDecimal(price.amount_minor, currency),
  Period: ({ price }) => (price.period_count === 1 ? price.period : `${price.period_count} ${price.period}s`),
  "Monthly value": ({ monthly_minor, currency }) => toDecimal(monthly_minor, currency),
  "Balance due": ({ balance_due_minor, currency }) => toDecimal(balance_due_minor, currency),
  "Period start": ({ period_start }) => period_start,
  "Period end": ({ period_end }) => period_end,
  "Trial end": ({ trial_end }) => trial_end,
  "Cancels at": ({ cancel_at }) => cancel_at,
  "Cancelled at": ({ canceled_at }) => canceled_at,
  "Next plan": ({ next_plan }) => next_plan,
  "Pays with": ({ payment_method }) => payment_method,
  Processor: ({ provider }) => provider,
  "Processor's number": ({ provider_ref }) => provider_ref,
  "Processor's status": ({ provider_status }) => provider_status,
  Created: ({ created_at }) => created_at,
};
