import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Keys } from "@/lib/core/keys";
import type { Search } from "@/lib/core/operation";
import { readCursor, type Position } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { indexOrder, indexPage } from "./index-page";
import { exactly } from "./count";
import type { ListSource, ListUsers, UserCount, UserFilters, UserPage } from "./schema";
import { countInIndex } from "./search";
import { tableOrder, tablePage } from "./table-page";

type Sources = { db: ReadDb; search: Search; keys: Keys };

const WALK_BEGAN_WITHOUT = "These pages were begun while Elasticsearch could not answer.";

/**
 * One page of people. A search goes to Elasticsearch and, when that cannot answer, to PostgreSQL, which says so. A
 * cursor goes on in the store it came from; when that is the index and it is away, the first page is shown instead.
 */
export async function listPage(scope: Sources, input: ListUsers): Promise<UserPage> {
  const from = sourceSince(performance.now(), input.mode);
  const given = { after: input.after, before: input.before };
  const place = readPlace(scope.keys, input);
  const { q } = input;
  if (!q || input.mode === "prefix") {
    return { ...(await tablePage(scope, input, given, place.table)), source: from("postgres") };
  }
  if (place.table) {
    return { ...(await tablePage(scope, input, given, place.table)), source: from("postgres", WALK_BEGAN_WITHOUT) };
  }
  try {
    return { ...(await indexPage(scope, { ...input, q }, given, place.index)), source: from("elasticsearch") };
  } catch (error) {
    if (!isSearchAway(error)) throw error;
    return { ...(await tablePage(scope, input, {}, null)), source: from("postgres", error.message) };
  }
}

/** The total of a search or filter, from the store a list of it would come from. */
export async function countPeople(scope: Sources, filters: UserFilters): Promise<UserCount> {
  const from = sourceSince(performance.now(), filters.mode);
  const { q } = filters;
  if (!q || filters.mode === "prefix") {
    return { total: await exactly(scope.db, filters), exact: true, source: from("postgres") };
  }
  try {
    const total = await countInIndex(scope.search, q, filters);
    return { total, exact: true, source: from("elasticsearch") };
  } catch (error) {
    if (!isSearchAway(error)) throw error;
    return { total: await exactly(scope.db, filters), exact: true, source: from("postgres", error.message) };
  }
}

function sourceSince(began: number, mode: ListSource["mode"]) {
  return (store: ListSource["store"], reason: string | null = null): ListSource => ({
    store,
    degraded: reason !== null,
    reason,
    mode,
    ms: Math.round((performance.now() - began) * 10) / 10,
  });
}

/** True when another store has to answer in place of the index. */
function isSearchAway(error: unknown): error is AppError {
  return (
    error instanceof AppError &&
    (error.code === "unavailable" || error.code === "busy") &&
    error.details.store === "elasticsearch"
  );
}

type Place = { table: Position | null; index: Position | null };

/** Where the cursor stands, and in which store. Throws AppError `invalid` when it belongs to neither. */
function readPlace(keys: Keys, input: ListUsers): Place {
  const field = input.before ? "before" : "after";
  const cursor = input[field];
  if (!cursor) return { table: null, index: null };
  if (input.q && input.mode === "anywhere") {
    try {
      return { table: null, index: readCursor(keys, indexOrder(input.sort), cursor, field) };
    } catch {
      // Not from the index: it has to be from the table then.
    }
  }
  return { table: readCursor(keys, tableOrder(input.sort ?? "newest"), cursor, field), index: null };
}
