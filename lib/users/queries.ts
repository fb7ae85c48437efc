import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { figures } from "./figures";
import { countPeople, listPage } from "./list";
import { user } from "./noun";
import { toUser, userColumns } from "./rows";
import {
  CountUsers,
  GetUser,
  ListUsers,
  SuggestUsers,
  UserFiguresInput,
  type User,
  type UserCount,
  type UserFigures,
  type UserPage,
  type UserSuggestions,
} from "./schema";

const SUGGESTIONS = 8;

export const listUsers = query({
  noun: user,
  action: "user.list",
  permission: "users.read",
  input: ListUsers,
  run: (input, scope): Promise<UserPage> => listPage(scope, input),
});

/** Counted to the last one, on demand; ends as `busy` after 5 s. */
export const countUsers = query({
  noun: user,
  action: "user.count",
  permission: "users.count",
  input: CountUsers,
  run: (input, scope): Promise<UserCount> => countPeople(scope, input),
});

export const getUser = query({
  noun: user,
  action: "user.get",
  permission: "users.read",
  input: GetUser,
  async run({ id }, { db }): Promise<User> {
    const [row] = await db
      .select(userColumns)
      .from(users)
      .where(and(eq(users.id, id), isNull(users.deleted_at)));
    if (!row) throw new AppError("not_found", "There is no such person.");
    return toUser(row);
  },
});

/** The few best matches while someone types. */
export const suggestUsers = query({
  noun: user,
  action: "user.suggest",
  permission: "users.read",
  input: SuggestUsers,
  async run({ q }, scope): Promise<UserSuggestions> {
    const { data, source } = await listPage(scope, { q, mode: "anywhere", limit: SUGGESTIONS });
    return { data, source };
  },
});

export const userFigures = query({
  noun: user,
  action: "user.figures",
  permission: "users.count",
  input: UserFiguresInput,
  cache: { ttl_seconds: 30, tags: ["user"] },
  run: (_input, { db, now }): Promise<UserFigures> => figures(db, now),
});
