import "server-only";
import type { Search, SearchAnswer } from "@/lib/core/operation";
import { fold } from "./fold";
import type { UserFilters, UserSort } from "./schema";

const INDEX = "users";

type Order = Record<string, "asc" | "desc">;

/** `id` breaks ties in every order, so that a cursor stands between two people. */
const ORDERS: Record<UserSort | "relevance", readonly Order[]> = {
  relevance: [{ _score: "desc" }, { id: "desc" }],
  newest: [{ id: "desc" }],
  oldest: [{ id: "asc" }],
  name: [{ "name.key": "asc" }, { id: "asc" }],
  "-name": [{ "name.key": "desc" }, { id: "desc" }],
  email: [{ email: "asc" }, { id: "asc" }],
  "-email": [{ email: "desc" }, { id: "desc" }],
  seen: [{ last_seen_at: "desc" }, { id: "desc" }],
  "-seen": [{ last_seen_at: "asc" }, { id: "asc" }],
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
    sort: ORDERS[page.sort].map((order) => (page.backwards ? turned(order) : order)),
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

function turned(order: Order): Order {
  return Object.fromEntries(Object.entries(order).map(([field, way]) => [field, way === "asc" ? "desc" : "asc"]));
}
