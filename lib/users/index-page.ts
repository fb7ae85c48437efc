import "server-only";
import { and, inArray, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import type { Keys } from "@/lib/core/keys";
import type { Search, SearchAnswer } from "@/lib/core/operation";
import { toPage, writeCursor, type Position } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { firstIdAt } from "./filters";
import { highlight, markedWords } from "./highlight";
import { toUser, userColumns } from "./rows";
import type { ListUsers, User, UserFilters, UserPage, UserRow } from "./schema";
import { searchUsers } from "./search";
import type { Given } from "./table-page";

type Hit = SearchAnswer["hits"][number];

export const indexOrder = (sort: ListUsers["sort"]) => `user.search:${sort ?? "relevance"}`;

/** One page as the index finds it; the rows themselves come from PostgreSQL, so they are never old. */
export async function indexPage(
  scope: { db: ReadDb; search: Search; keys: Keys },
  input: ListUsers & { q: string },
  given: Given,
  position: Position | null,
): Promise<Omit<UserPage, "source">> {
  const answer = await searchUsers(scope.search, input.q, input, {
    sort: input.sort ?? "relevance",
    limit: input.limit + 1,
    backwards: given.before !== undefined,
    after: position && [...position],
  });
  const rows = await freshRows(scope.db, answer.hits);
  const { data, ...page } = toPage(
    answer.hits,
    input.limit,
    given,
    (hit) => writeCursor(scope.keys, indexOrder(input.sort), hit.sort),
    (hit) => hit,
  );
  return {
    data: data.flatMap((hit) => toRow(hit, rows.get(hit.id), input)),
    page: { ...page, estimated_total: answer.total.value, exact: answer.total.exact },
  };
}

async function freshRows(db: ReadDb, hits: readonly Hit[]): Promise<Map<string, User>> {
  if (hits.length === 0) return new Map();
  const ids = hits.map(({ id }) => id);
  const rows = await db
    .select(userColumns)
    .from(users)
    .where(and(inArray(users.id, ids), isNull(users.deleted_at)));
  return new Map(rows.map((row) => [row.id, toUser(row)]));
}

/** Nothing for a person who is gone since the index learnt of them. */
function toRow(hit: Hit, user: User | undefined, input: ListUsers & { q: string }): UserRow[] {
  if (!user) return [];
  const behind = hit.source["version"] !== user.version || !fits(user, input);
  const found = markedWords(hit.highlight["words"] ?? []);
  return [{ ...user, highlight: highlight(user, input.q, found), ...(behind && { index_behind: true as const }) }];
}

function fits(user: User, { status, role, created_after: from, created_before: to }: UserFilters): boolean {
  return (
    (!status || status.includes(user.status)) &&
    (!role || role.some((code) => user.roles.includes(code))) &&
    (!from || user.id >= firstIdAt(from)) &&
    (!to || user.id < firstIdAt(to))
  );
}
