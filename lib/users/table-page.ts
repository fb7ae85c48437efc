import "server-only";
import { and } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { Keys } from "@/lib/core/keys";
import { toPage, writeCursor, type Position } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { estimate } from "./count";
import { matching } from "./filters";
import { beyond, ordered, sortKey } from "./order";
import { toUser, userColumns } from "./rows";
import type { ListUsers, UserPage, UserSort } from "./schema";

export type Given = { after?: string | undefined; before?: string | undefined };

/** Binds a cursor to this list, this store and this sort. */
export const tableOrder = (sort: UserSort) => `user.list:${sort}`;

/** One page as PostgreSQL answers it: rows and total in one flight. */
export async function tablePage(
  scope: { db: ReadDb; keys: Keys },
  input: ListUsers,
  given: Given,
  position: Position | null,
): Promise<Omit<UserPage, "source">> {
  const sort = input.sort ?? "newest";
  const backwards = given.before !== undefined;
  const [key, id] = position ?? [];
  const [rows, total] = await Promise.all([
    scope.db
      .select({ ...userColumns, sort_key: sortKey(sort) })
      .from(users)
      .where(and(matching(input), id ? beyond(sort, backwards, String(key), String(id)) : undefined))
      .orderBy(...ordered(sort, backwards))
      .limit(input.limit + 1),
    estimate(scope.db, input),
  ]);
  const { data, ...page } = toPage(
    rows,
    input.limit,
    given,
    (row) => writeCursor(scope.keys, tableOrder(sort), [row.sort_key, row.id]),
    ({ sort_key: _key, ...row }) => toUser(row),
  );
  return { data, page: { ...page, ...total } };
}
