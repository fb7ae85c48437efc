import "server-only";
import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import { command, inverse } from "@/lib/core/operation";
import "./constraints";
import { saveEdits } from "./edit";
import { user } from "./noun";
import { refuseHigherRole } from "./rank";
import { EditUser, ReactivateUser, SignOutUser, SuspendUser, SUSPENSION_MAX_YEARS } from "./schema";
import { missing, seenRow, setStatus } from "./status";

export const editUser = command({
  noun: user,
  action: "user.edit",
  permission: "users.edit",
  input: EditUser,
  subject: (input) => input.id,
  async run({ id, version, ...edits }, { tx, ctx }) {
    const [change] = await Promise.all([saveEdits(tx, { id, version }, edits), refuseHigherRole(tx, id, ctx.actor)]);
    return change;
  },
});

export const suspendUser = command({
  noun: user,
  action: "user.suspend",
  permission: "users.suspend",
  input: SuspendUser,
  subject: (input) => input.id,
  async run({ id, version, reason, until }, { tx, ctx, now, endSessions }) {
    if (id === ctx.actor.id) throw new AppError("conflict", "You cannot suspend yourself.");
    if (until) refuseEnd(until, now);
    const standing = { status: "suspended", suspended_reason: reason, suspended_until: until ?? null } as const;
    const [change] = await Promise.all([
      setStatus(tx, { id, version }, "active", standing, ctx.actor.id),
      refuseHigherRole(tx, id, ctx.actor),
      endSessions(id, "suspended"),
    ]);
    return change;
  },
});

export const reactivateUser = command({
  noun: user,
  action: "user.reactivate",
  permission: "users.suspend",
  input: ReactivateUser,
  subject: (input) => input.id,
  async run({ id, version }, { tx, ctx }) {
    const standing = { status: "active", suspended_reason: null, suspended_until: null } as const;
    const [change] = await Promise.all([
      setStatus(tx, { id, version }, "suspended", standing, null),
      refuseHigherRole(tx, id, ctx.actor),
    ]);
    return change;
  },
});

/** It has no inverse: an ended session cannot be given back. */
export const signOutUser = command({
  noun: user,
  action: "user.sign-out",
  permission: "users.sign-out",
  input: SignOutUser,
  subject: (input) => input.id,
  async run({ id, version }, { tx, ctx, endSessions }) {
    const [[row]] = await Promise.all([
      tx
        .update(users)
        .set({ epoch: sql`${users.epoch} + 1`, version: sql`${users.version} + 1`, updated_at: sql`now()` })
        .where(seenRow(id, version))
        .returning({ version: users.version }),
      refuseHigherRole(tx, id, ctx.actor),
      endSessions(id, "signed out"),
    ]);
    if (!row) throw await missing(tx, { id, version });
    return { entity: "user", id, version: row.version, before: {}, after: {}, subject: id };
  },
});

export const inverses = [
  inverse(suspendUser, reactivateUser, (change) => ({ id: change.id, version: change.version })),
  inverse(reactivateUser, suspendUser, (change) => ({
    id: change.id,
    version: change.version,
    reason: change.before?.suspended_reason ?? "Suspended again by undo",
    until: change.before?.suspended_until ?? undefined,
  })),
  inverse(editUser, editUser, (change) => ({ id: change.id, version: change.version, ...change.before })),
];

function refuseEnd(until: string, now: Date): void {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + SUSPENSION_MAX_YEARS);
  const end = new Date(until);
  if (end > now && end <= latest) return;
  const problem = end <= now ? "is in the past" : `is more than ${SUSPENSION_MAX_YEARS} years away`;
  throw new AppError("invalid", "The end of the suspension cannot be used.", { fields: { until: [problem] } });
}
