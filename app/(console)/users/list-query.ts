import { hrefWith } from "@/components/data-table/params";
import { ListUsers, USER_STATUS, type UserSort } from "@/lib/users/schema";
import { readList, valuesOf, type Params } from "../list-params";
import { FILTER_LABELS, roleLabel } from "./user-words";

export const USERS = "/users";

/** The same list with some parameters changed; null removes one. */
type Href = (patch: Record<string, string | number | null>) => string;

/** What the URL says of the list: the input of the query, and links that change one thing. */
export function usersQuery(params: Params) {
  const { input, given, ignored } = readList(ListUsers, params, ["count"]);
  const href: Href = (patch) => hrefWith(USERS, given, patch);
  return { input, given, ignored, href, exactly: params["count"] === "exact", chips: chipsOf(given, href) };
}

export type UsersQuery = ReturnType<typeof usersQuery>;

const WORDS: Record<string, string> = Object.fromEntries(
  Object.entries(USER_STATUS).map(([status, { word }]) => [status, word]),
);

function chipsOf(given: Record<string, string>, href: Href) {
  return Object.keys(FILTER_LABELS)
    .filter((name) => given[name])
    .map((name) => ({
      name,
      field: FILTER_LABELS[name] ?? name,
      operator: valuesOf(given[name]).length > 1 ? "is any of" : "is",
      value: wordsOf(name, given[name]),
      removeHref: href({ [name]: null }),
    }));
}

function wordsOf(name: string, list: string | undefined): string {
  const word = name === "status" ? (value: string) => WORDS[value] ?? value : roleLabel;
  return valuesOf(list)
    .map(name.startsWith("created") ? (day) => day.slice(0, 10) : word)
    .join(", ");
}

/** The head of a column: which way it orders now, and the list with the order turned. */
export function sortOf({ input, href }: UsersQuery, up: UserSort, down: UserSort, first: UserSort = up) {
  const now = input.sort ?? (input.q ? null : "newest");
  const direction = now === up ? ("asc" as const) : now === down ? ("desc" as const) : null;
  const next = direction === null ? first : direction === "asc" ? down : up;
  return { direction, href: href({ sort: next }) };
}
