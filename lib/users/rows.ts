import "server-only";
import { sql } from "drizzle-orm";
import { toIso } from "@/lib/core/paging";
import { users } from "@/drizzle/schema/users";
import type { User } from "./schema";

/** What of a row becomes a `User`, with the roles that have not expired, in one statement. */
export const userColumns = {
  id: users.id,
  email: users.email,
  display_name: users.display_name,
  status: users.status,
  suspended_reason: users.suspended_reason,
  suspended_until: users.suspended_until,
  email_verified_at: users.email_verified_at,
  locale: users.locale,
  time_zone: users.time_zone,
  country: users.country,
  roles: sql<string[]>`array(
    select r.role_code from app.user_roles r
    where r.user_id = users.id and (r.expires_at is null or r.expires_at > now())
    order by r.role_code
  )`,
  last_seen_at: users.last_seen_at,
  version: users.version,
  created_at: users.created_at,
  updated_at: users.updated_at,
};

type Selected = Omit<User, "last_seen_at"> & { last_seen_at: string };

/** Times become ISO; "never seen", which the table keeps as the epoch, becomes null. */
export function toUser(row: Selected): User {
  const seen = toIso(row.last_seen_at);
  return {
    ...row,
    suspended_until: toIso(row.suspended_until),
    email_verified_at: toIso(row.email_verified_at),
    last_seen_at: seen.startsWith("1970-01-01T00:00:00") ? null : seen,
    created_at: toIso(row.created_at),
    updated_at: toIso(row.updated_at),
  };
}
