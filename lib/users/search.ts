import "server-only";
import type { Search, SearchAnswer } from "@/lib/core/operation";
import { fold } from "./fold";
import type { UserFilters, UserSort } from "./schema";

const INDEX = "users";

type Way = "asc" | "desc";

/** What the order is by. The id breaks ties, so that a cursor stands between two people. */
const ORDERS: Record<UserSort | "relevance", { field: string | null; way: Way }> = {
  relevance: { field: "_score", way: "desc" },
  newest: { field: null, way: "desc" },
  oldest: { field: null, way: "asc" },
  name: { field: "name.key", way: "asc" },
  "-name": { field: "name.key", way: "desc" },
  email: { field: "email", way: "asc" },
  "-email": { field: "email", way: "desc" },
  seen: { field: "last_seen_at", way: "desc" },
  "-seen": { field: "last_seen_at", way: "asc" },
};

export type SearchPage = {
  sort: UserSort | "relevance";
  limit: number;
  backwards: boolean;
  after: (string | number | null)[] | null;
};

/** One page of ids by relevance or another order. Throws AppError `unavailable` when Elasticsearch cannot answer. */
export function searchUsers(search: Search, q: string, filters: UserFilters, page: SearchPage): Promise<SearchAnswer> {
  return search.run(INDEX, {
    query: { bool: { must: [words(q)], filter: conditions(filters) } },
    sort: ordered(page.sort, page.backwards),
    size: page.limit,
    ...(page.after && { search_after: page.after }),
    track_total_hits: 10_000,
    _source: ["version"],
    highlight: {
      pre_tags: ["\ue000"],
      post_tags: ["\ue001"],
      number_of_fragments: 0,
      fields: { words: {} },
    },
  });
}

/** How many match, counted to the last one. */
export async function countInIndex(search: Search, q: string, filters: UserFilters): Promise<number> {
  const query = { bool: { must: [words(q)], filter: conditions(filters) } };
  const answer = await search.run(INDEX, { query, size: 0, track_total_hits: true });
  return answer.total.value;
}

/** Every word has to be found: the last one as it is being typed, all of them with a slip of spelling. */
function words(q: string): object {
  const folded = fold(q);
  const address = q.trim().toLowerCase();
  return {
    bool: {
      should: [
        { multi_match: { query: folded, type: "bool_prefix", operator: "and", fields: ["name^3", "words"] } },
        { match: { words: { query: folded, operator: "and", fuzziness: "AUTO", prefix_length: 1, boost: 0.5 } } },
        { term: { email: { value: address, boost: 10 } } },
        { prefix: { email: { value: address, boost: 2 } } },
      ],
      minimum_should_match: 1,
    },
  };
}

function conditions(filters: UserFilters): object[] {
  const { status, role, created_after: from, created_before: to } = filters;
  return [
    ...(status ? [{ terms: { status } }] : []),
    ...(role ? [{ terms: { roles: role } }] : []),
    ...(from || to ? [{ range: { created_at: { ...(from && { gte: from }), ...(to && { lt: to }) } } }] : []),
  ];
}

function ordered(sort: SearchPage["sort"], backwards: boolean): object[] {
  const { field, way } = ORDERS[sort];
  const order: Way = (way === "asc") === backwards ? "desc" : "asc";
  if (field === null) return [{ id: order }];
  // Never seen counts as the epoch, as in the table: the stand-in of the index does not fit a number of JavaScript.
  return [{ [field]: field === "last_seen_at" ? { order, missing: 0 } : { order } }, { id: order }];
}
