import "server-only";
import { asc, desc, gt, lt, sql, type SQL } from "drizzle-orm";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import type { SubscriptionSort } from "./schema";

/** Creation is the order of ids; the others are a column and the id. Each has its index. */
const KEYS = {
  newest: { column: null, type: "text", descending: true },
  oldest: { column: null, type: "text", descending: false },
  next: { column: subscriptions.period_end, type: "timestamptz", descending: false },
  "-next": { column: subscriptions.period_end, type: "timestamptz", descending: true },
  monthly: { column: subscriptions.monthly, type: "numeric", descending: false },
  "-monthly": { column: subscriptions.monthly, type: "numeric", descending: true },
} as const satisfies Record<SubscriptionSort, unknown>;

/** `backwards` turns the order round, for the page before a cursor. */
export function ordered(sort: SubscriptionSort, backwards: boolean): SQL[] {
  const { column, descending } = KEYS[sort];
  const direction = descending === backwards ? asc : desc;
  return column ? [direction(column), direction(subscriptions.id)] : [direction(subscriptions.id)];
}

/** The value a cursor has to remember beside the id, exactly as PostgreSQL wrote it. */
export function sortKey(sort: SubscriptionSort): SQL<string> {
  const { column } = KEYS[sort];
  return column ? sql<string>`${column}::text` : sql<string>`''`;
}

/** Everything after a cursor in this order, or before it when going backwards. */
export function beyond(sort: SubscriptionSort, backwards: boolean, key: string, id: string): SQL {
  const { column, type, descending } = KEYS[sort];
  const down = descending !== backwards;
  if (!column) return down ? lt(subscriptions.id, id) : gt(subscriptions.id, id);
  const value = sql`${key}::${sql.raw(type)}`;
  return sql`(${column}, ${subscriptions.id}) ${sql.raw(down ? "<" : ">")} (${value}, ${id}::uuid)`;
}
