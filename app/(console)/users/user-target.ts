import type { Permission } from "@/lib/auth/permissions";
import type { User } from "@/lib/users/schema";

/** What the dialogs must know of a person; small, because every row of a list carries one. */
export type UserTarget = Pick<
  User,
  "id" | "version" | "display_name" | "email" | "status" | "locale" | "time_zone" | "country"
>;

/** Which actions the role is offered; the operation decides again. */
export type UserMay = { edit: boolean; suspend: boolean; signOut: boolean };

export function targetOf({ id, version, display_name, email, status, locale, time_zone, country }: User): UserTarget {
  return { id, version, display_name, email, status, locale, time_zone, country };
}

export function mayOf(can: (permission: Permission) => boolean): UserMay {
  return { edit: can("users.edit"), suspend: can("users.suspend"), signOut: can("users.sign-out") };
}
