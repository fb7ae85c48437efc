import "server-only";
import { and, gte, inArray, isNull, like, lt, or, sql, type SQL } from "drizzle-orm";
import { user_roles } from "@/drizzle/schema/roles";
import { users } from "@/drizzle/schema/users";
import type { UserFilters } from "./schema";

/** Shorter parts are looked for at the start only: the trigram index cannot find them elsewhere. */
const INFIX_MIN_LENGTH = 3;

/** Sorts after every text that starts with the same letters. */
const LAST_CHARACTER = "\u{10ffff}";

/** The first id made at or after an instant: ids are uuidv7, so a range of time is a range of the primary key. */
export function firstIdAt(instant: string): string {
  const hex = Math.max(0, Date.parse(instant)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Every filter but the search text, on people who are not in the trash. */
function filtered(filters: UserFilters): SQL | undefined {
  return and(
    isNull(users.deleted_at),
    filters.status && inArray(users.status, filters.status),
    filters.role && holdsRole(filters.role),
    filters.created_after ? gte(users.id, firstIdAt(filters.created_after)) : undefined,
    filters.created_before ? lt(users.id, firstIdAt(filters.created_before)) : undefined,
  );
}

/** The same with the search text, as PostgreSQL can answer it: no typing errors, no folded diacritics. */
export function matching(filters: UserFilters): SQL | undefined {
  if (!filters.q) return filtered(filters);
  const text = filters.q.normalize("NFC").toLowerCase();
  const infix = filters.mode === "anywhere" && text.length >= INFIX_MIN_LENGTH;
  return and(filtered(filters), infix ? holdsText(text) : startsWith(text));
}

function holdsRole(roles: readonly string[]): SQL {
  return sql`exists (
    select 1 from ${user_roles}
    where ${user_roles.user_id} = ${users.id} and ${inArray(user_roles.role_code, [...roles])}
      and (${user_roles.expires_at} is null or ${user_roles.expires_at} > now())
  )`;
}

/** The expression of the index `users_trgm`, to the letter. */
function holdsText(text: string): SQL {
  return like(sql`(${users.email} || ' ' || ${users.sort_name})`, `%${text.replace(/[\\%_]/g, "\\$&")}%`);
}

/** As ranges, which the indexes on e-mail and name answer whatever the plan. */
function startsWith(text: string): SQL | undefined {
  const end = text + LAST_CHARACTER;
  return or(
    and(gte(users.email, text), lt(users.email, end)),
    and(gte(users.sort_name, text), lt(users.sort_name, end)),
  );
}
