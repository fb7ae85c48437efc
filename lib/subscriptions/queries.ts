import "server-only";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import type { Slice } from "@/lib/core/export";
import { byStatus, exactly, totals } from "./count";
import { wholeOf } from "./filters";
import { listPage, oneRow, slice } from "./list";
import { subscription } from "./noun";
import {
  CountSubscriptions,
  ExportSubscriptions,
  FilterSubscriptions,
  GetSubscription,
  ListSubscriptions,
  type SubscriptionPage,
  type SubscriptionRow,
} from "./schema";
import type { SubscriptionCounts, SubscriptionTotal } from "./totals/schema";

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
  async run(input, { db }): Promise<{ total: number }> {
    return { total: await exactly(db, await wholeOf(db, input)) };
  },
});

/** All of them by status, as the tabs of the list show. */
export const subscriptionCounts = query({
  noun: subscription,
  action: "subscription.counts",
  permission: "subscriptions.read",
  input: CountSubscriptions,
  cache: { ttl_seconds: 30, tags: ["subscription"] },
  run: (_input, { db }): Promise<SubscriptionCounts> => byStatus(db),
});

/** What the filtered ones bring in a month and owe, per currency. */
export const totalSubscriptions = query({
  noun: subscription,
  action: "subscription.totals",
  permission: "subscriptions.read",
  input: FilterSubscriptions,
  cache: { ttl_seconds: 30, tags: ["subscription"] },
  async run(input, { db }): Promise<{ data: SubscriptionTotal[] }> {
    return { data: await totals(db, await wholeOf(db, input)) };
  },
});

/** Everything a filter fits, in slices, for a file. */
export const exportSubscriptions = query({
  noun: subscription,
  action: "subscription.export",
  permission: "subscriptions.read",
  input: ExportSubscriptions,
  run: ({ after, ...filters }, { db }): Promise<Slice<SubscriptionRow>> => slice(db, filters, after),
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
