import "server-only";
import { asc, desc, gt, lt, sql, type SQL } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { UserSort } from "./schema";

/** Creation is the order of ids; every other order is a column and the id. Each has its index. */
const KEYS = {
  newest: { column: null, descending: true },
  oldest: { column: null, descending: false },
  name: { column: users.sort_name, descending: false },
  "-name": { column: users.sort_name, descending: true },
  email: { column: users.email, descending: false },
  "-email": { column: users.email, descending: true },
  seen: { column: users.last_seen_at, descending: true },
  "-seen": { column: users.last_seen_at, descending: false },
} as const satisfies Record<UserSort, unknown>;

/** `backwards` turns the order round, for the page before a cursor. */
export function ordered(sort: UserSort, backwards: boolean): SQL[] {
  const { column, descending } = KEYS[sort];
  const direction = descending === backwards ? asc : desc;
  return column ? [direction(column), direction(users.id)] : [direction(users.id)];
}

/** The value a cursor has to remember beside the id, exactly as PostgreSQL wrote it. */
export function sortKey(sort: UserSort): SQL<string> {
  const { column } = KEYS[sort];
  return column ? sql<string>`${column}::text` : sql<string>`''`;
}

/** Everything after a cursor in this order, or before it when going backwards. */
export function beyond(sort: UserSort, backwards: boolean, key: string, id: string): SQL {
  const { column, descending } = KEYS[sort];
  const down = descending !== backwards;
  if (!column) return down ? lt(users.id, id) : gt(users.id, id);
  const value = column === users.last_seen_at ? sql`${key}::timestamptz` : sql`${key}`;
  return sql`(${column}, ${users.id}) ${sql.raw(down ? "<" : ">")} (${value}, ${id}::uuid)`;
}
