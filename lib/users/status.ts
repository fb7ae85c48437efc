import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import type { Change } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import type { Db } from "@/lib/databases/postgres/pool";
import { userColumns, toUser } from "./rows";
import type { User } from "./schema";

type Standing = Pick<User, "status" | "suspended_reason" | "suspended_until">;

/** The row at the version the caller saw: the compare-and-set every command of this noun begins with. */
export function seenRow(id: string, version: number) {
  return and(eq(users.id, id), eq(users.version, version), isNull(users.deleted_at));
}

/**
 * Moves a person from one status to another and makes their sessions void. Throws AppError `conflict` when they are
 * in another status, `stale` when somebody saved first, `not_found`.
 */
export async function setStatus(
  tx: Db,
  target: { id: string; version: number },
  from: User["status"],
  to: Standing,
  by: string | null,
): Promise<Change<"user", User>> {
  const [row] = await tx
    .update(users)
    .set({
      ...to,
      suspended_by: by,
      epoch: sql`${users.epoch} + 1`,
      version: sql`${users.version} + 1`,
      updated_at: sql`now()`,
    })
    .where(and(seenRow(target.id, target.version), eq(users.status, from)))
    .returning({
      version: users.version,
      status: sql<User["status"]>`old.status`,
      suspended_reason: sql<string | null>`old.suspended_reason`,
      suspended_until: sql<string | null>`old.suspended_until`,
    });
  if (!row) throw await missing(tx, target, from);
  const { version, ...before } = row;
  return {
    entity: "user",
    id: target.id,
    version,
    before: { ...before, suspended_until: toIso(before.suspended_until) },
    after: to,
    subject: target.id,
  };
}

/**
 * Why a compare-and-set found no row: `not_found`, `stale` with the person as they are now, or, when only the status
 * was another one, `conflict`.
 */
export async function missing(
  tx: Db,
  target: { id: string; version: number },
  from?: User["status"],
): Promise<AppError> {
  const [row] = await tx
    .select(userColumns)
    .from(users)
    .where(and(eq(users.id, target.id), isNull(users.deleted_at)));
  if (!row) return new AppError("not_found", "There is no such person.");
  if (from && row.version === target.version) {
    return new AppError("conflict", `This person is ${row.status}, not ${from}.`);
  }
  return new AppError("stale", "Someone else saved this person first.", { current: toUser(row) });
}
