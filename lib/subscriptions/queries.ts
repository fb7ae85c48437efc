import "server-only";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { exactly, listPage, oneRow, totals } from "./list";
import { subscription } from "./noun";
import {
  FilterSubscriptions,
  GetSubscription,
  ListSubscriptions,
  type SubscriptionPage,
  type SubscriptionRow,
  type SubscriptionTotal,
} from "./schema";

export const listSubscriptions = query({
  noun: subscription,
  action: "subscription.list",
  permission: "subscriptions.read",
  input: ListSubscriptions,
  run: (input, scope): Promise<SubscriptionPage> => listPage(scope, input),
});

/** Counted to the last one, on demand; ends as `busy` after 5 s. */
export const countSubscriptions = query({
  noun: subscription,
  action: "subscription.count",
  permission: "subscriptions.read",
  input: FilterSubscriptions,
  run: async (input, { db }): Promise<{ total: number }> => ({ total: await exactly(db, input) }),
});

/** What the filtered ones bring in a month and owe, per currency. */
export const totalSubscriptions = query({
  noun: subscription,
  action: "subscription.totals",
  permission: "subscriptions.read",
  input: FilterSubscriptions,
  cache: { ttl_seconds: 30, tags: ["subscription"] },
  run: async (input, { db }): Promise<{ data: SubscriptionTotal[] }> => ({ data: await totals(db, input) }),
});

export const getSubscription = query({
  noun: subscription,
  action: "subscription.get",
  permission: "subscriptions.read",
  input: GetSubscription,
  async run({ id }, { db }): Promise<SubscriptionRow> {
    const found = await oneRow(db, id);
    if (!found) throw new AppError("not_found", "There is no such subscription.");
    return found;
  },
});
