import { hrefWith, turned, type Href } from "@/components/data-table/params";
import { ListUsers, USER_STATUS, type UserSort } from "@/lib/users/schema";
import { chipsOf, readList, type Params } from "../list-params";
import { FILTER_LABELS, roleLabel } from "./user-words";

export const USERS = "/users";

/** What the URL says of the list: the input of the query, and links that change one thing. */
export function usersQuery(params: Params) {
  const { input, given, ignored } = readList(ListUsers, params, ["count"]);
  const href: Href = (patch) => hrefWith(USERS, given, patch);
  const chips = chipsOf(given, href, FILTER_LABELS, wordOf);
  return { input, given, kept: given, ignored, href, exactly: params["count"] === "exact", chips };
}

export type UsersQuery = ReturnType<typeof usersQuery>;

const WORDS: Record<string, string> = Object.fromEntries(
  Object.entries(USER_STATUS).map(([status, { word }]) => [status, word]),
);

function wordOf(name: string, value: string): string {
  if (name === "status") return WORDS[value] ?? value;
  return name.startsWith("created") ? value.slice(0, 10) : roleLabel(value);
}

/** The head of a column: which way it orders now, and the list with the order turned. */
export function sortOf({ input, href }: UsersQuery, up: UserSort, down: UserSort, first?: UserSort) {
  return turned(input.sort ?? (input.q ? null : "newest"), href, up, down, first);
}
