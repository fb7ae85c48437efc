import "server-only";
import { sql } from "drizzle-orm";
import { user_roles, role_permissions } from "@/drizzle/schema/roles";
import { AppError } from "@/lib/core/errors";
import type { Actor } from "@/lib/core/operation";
import type { Db } from "@/lib/databases/postgres/pool";

/**
 * Refuses to act on a person who holds a permission the actor does not hold. Scheduled work of the platform itself is
 * above everyone.
 */
export async function refuseHigherRole(tx: Db, target: string, actor: Actor): Promise<void> {
  if (actor.kind === "job" || target === actor.id) return;
  const held = await tx
    .selectDistinct({ permission: role_permissions.permission })
    .from(user_roles)
    .innerJoin(role_permissions, sql`${role_permissions.role_code} = ${user_roles.role_code}`)
    .where(
      sql`${user_roles.user_id} = ${target} and (${user_roles.expires_at} is null or ${user_roles.expires_at} > now())`,
    );
  const own: ReadonlySet<string> = actor.permissions;
  if (held.some(({ permission }) => !own.has(permission))) {
    throw new AppError("forbidden", "This person's role is above yours.");
  }
}
