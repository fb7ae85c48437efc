import "server-only";
import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";

const ACTION = "user.reactivate";
const MOST_AT_ONCE = 100;

/** Suspensions whose end has come, each taken back by the same command a person would use. */
export async function endSuspensions(stores: Stores, signal: AbortSignal, now = new Date()): Promise<void> {
  const reactivate = stores.operations.get(ACTION);
  if (reactivate?.kind !== "command") throw new Error(`There is no command ${ACTION}.`);
  const due = and(
    eq(users.status, "suspended"),
    lte(users.suspended_until, now.toISOString()),
    isNull(users.deleted_at),
  );
  const rows = await stores.postgres.reader.read((db) =>
    db
      .select({ id: users.id, version: users.version })
      .from(users)
      .where(due)
      .orderBy(asc(users.suspended_until))
      .limit(MOST_AT_ONCE),
  );
  for (const row of rows) {
    if (signal.aborted) return;
    try {
      await execute(reactivate, { ...row, reason: "The suspension has ended." }, systemContext(ACTION), stores);
    } catch (error) {
      const { code } = toAppError(error);
      if (code === "unavailable" || code === "busy") throw error;
      // Changed by someone else in this moment, or refused by a rule: the others still get their turn.
      stores.log.warn({ id: row.id, code }, "A suspension could not be ended.");
    }
  }
}
