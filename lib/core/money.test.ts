import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { users } from "@/drizzle/schema/users";
import { context, person, staff } from "@/lib/testing/factories";
import { failureOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { user } from "@/lib/users/noun";
import { systemContext } from "./context";
import { type Actor, command, type Money } from "./operation";
import { execute, preview } from "./run";
import type { Stores } from "./stores";

/** What a second of use costs. */
let rate = 1;
let charged: number[] = [];

/** Charges by the second, as a proration does. */
const charge = command({
  noun: user,
  action: "user.test-charge",
  permission: "users.edit",
  input: z.strictObject({ id: z.uuid() }),
  approval: (changes) => (changes.some(({ money }) => (money?.due_minor ?? 0) > 1e12) ? "Much." : null),
  async run({ id }, { tx, now }) {
    await tx
      .update(users)
      .set({ version: sql`version + 1` })
      .where(eq(users.id, id));
    const due = now.getTime() * rate;
    charged.push(due);
    return { entity: "user", id, version: 2, before: {}, after: {}, money: moneyOf(due) };
  },
});

function moneyOf(due_minor: number): Money {
  return {
    currency: "USD",
    lines: [{ text: "Use", minor: due_minor }],
    due_minor,
    next_before: null,
    next: null,
    monthly_before_minor: 0,
    monthly_minor: 0,
    state_before: "Active",
    state: "Active",
    entries: [],
  };
}

let stores: Stores;
let admin: Actor;

beforeAll(async () => {
  stores = await testStores({ operations: [charge] });
  admin = await staff();
});

async function previewed() {
  const { id } = await person();
  [rate, charged] = [1e-3, []];
  const shown = await preview(charge, { id }, context(admin), stores);
  return { id, shown, confirm: () => execute(charge, { id }, context(admin), stores, { plan: shown.plan }) };
}

test("what is charged by the second is charged as it was shown, minutes later too", async () => {
  const { id, shown, confirm } = await previewed();
  expect(shown).toMatchObject({ money: [{ currency: "USD" }], subjects: [], approval: null });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 540_000 });
  const saved = await confirm().finally(() => vi.useRealTimers());
  expect(saved).toMatchObject({ id, version: 2 });
  expect(charged).toEqual([shown.money[0]?.due_minor, shown.money[0]?.due_minor]);
});

test("amounts that changed for another reason are shown again before they are charged", async () => {
  const { shown, confirm } = await previewed();
  rate = 2e-3;
  const failure = await failureOf(confirm());
  expect(failure).toMatchObject({ code: "changed_since_preview", details: { preview: { will: 1 } } });
  expect(failure.details.preview).not.toMatchObject({ money: shown.money });
});

test("the platform's own work asks no second person", async () => {
  const { id } = await person();
  rate = 1_000;
  expect(await failureOf(execute(charge, { id }, context(admin), stores))).toMatchObject({ code: "approval_required" });
  expect(await execute(charge, { id }, systemContext("user.test-charge"), stores)).toMatchObject({ version: 2 });
});
