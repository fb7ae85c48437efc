// A command of the tests that moves money, and too much of it for one person.
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { whole } from "@/lib/core/schema";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import { type Money, command } from "@/lib/core/operation";
import { user } from "@/lib/users/noun";

const FREE_MINOR = 10_000;

function refundOf(minor: number): Money {
  return {
    currency: "USD",
    lines: [{ text: "Refund", minor: -minor }],
    due_minor: -minor,
    next_before: null,
    next: null,
    monthly_before_minor: 0,
    monthly_minor: 0,
    state_before: "Active",
    state: "Active",
    entries: [],
  };
}

/** A change of a person that gives money back; over $100.00 it needs a second person. */
export const refund = command({
  noun: user,
  action: "user.test-refund",
  permission: "subscriptions.refund",
  input: z.strictObject({
    id: z.uuid(),
    version: whole(1),
    minor: whole(1),
    reason: z.string().min(1),
  }),
  approval: (changes) => (changes.some(({ money }) => (money?.due_minor ?? 0) < -FREE_MINOR) ? "Over $100.00." : null),
  async run({ id, version, minor }, { tx }) {
    const [row] = await tx
      .update(users)
      .set({ display_name: `Refunded ${minor}`, version: version + 1 })
      .where(and(eq(users.id, id), eq(users.version, version)))
      .returning({ id: users.id });
    if (!row) {
      const [current] = await tx.select({ version: users.version }).from(users).where(eq(users.id, id));
      throw new AppError("stale", "Changed since.", { current });
    }
    const after = { display_name: `Refunded ${minor}` };
    return {
      entity: "user",
      id,
      version: version + 1,
      before: { display_name: "Ana Núñez" },
      after,
      subject: id,
      money: refundOf(minor),
    };
  },
});
