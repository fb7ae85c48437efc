import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { booked, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { cancelSubscription, keepSubscription } from "./cancel/commands";
import { changePlan, changeQuantity } from "./change/commands";
import { compSubscription, createSubscription, extendTrial } from "./commands";
import { addCredit, refundPayment } from "./money/commands";
import { pauseService, resumeSubscription } from "./pause/commands";
import { getSubscription } from "./queries";

let stores: Stores;
let ctx: Context;
let monthly: string;
let dearer: string;
let yearly: string;
let yen: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  const business = await soldPlan({ minor: 4900 }, { minor: 49_000, period: "year" }, { minor: 5000, currency: "JPY" });
  [monthly = "", yearly = "", yen = ""] = business.prices;
  [dearer = ""] = (await soldPlan({ minor: 8000 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
const reason = "Agreed by phone";

describe("bad input changes nothing", () => {
  const nobody = "00000000-0000-7000-8000-000000000000";
  const past = "2020-01-01T00:00:00Z";
  const bad: [name: string, code: string, run: (id: string) => Promise<unknown>][] = [
    [
      "a negative amount",
      "invalid",
      (id) => execute(addCredit, { id, version: 1, amount_minor: -1, reason }, ctx, stores),
    ],
    [
      "an absurd amount",
      "invalid",
      (id) => execute(addCredit, { id, version: 1, amount_minor: 1e13, reason }, ctx, stores),
    ],
    ["half a cent", "invalid", (id) => execute(addCredit, { id, version: 1, amount_minor: 0.5, reason }, ctx, stores)],
    [
      "another currency",
      "invalid",
      (id) => execute(changePlan, { id, version: 1, price_id: yen, reason }, ctx, stores),
    ],
    [
      "an unknown price",
      "invalid",
      (id) => execute(changePlan, { id, version: 1, price_id: nobody, reason }, ctx, stores),
    ],
    [
      "the same plan",
      "conflict",
      (id) => execute(changePlan, { id, version: 1, price_id: monthly, reason }, ctx, stores),
    ],
    [
      "an unknown payment",
      "not_found",
      (id) => execute(refundPayment, { id, version: 1, transaction: nobody, amount_minor: 1, reason }, ctx, stores),
    ],
    [
      "a day in the past",
      "invalid",
      (id) => execute(cancelSubscription, { id, version: 1, when: "date", at: past, reason }, ctx, stores),
    ],
    [
      "a refund that is not of now",
      "invalid",
      (id) => execute(cancelSubscription, { id, version: 1, when: "period_end", refund: "full", reason }, ctx, stores),
    ],
    [
      "a refund of nothing",
      "conflict",
      (id) => execute(cancelSubscription, { id, version: 1, refund: "amount", refund_minor: 1, reason }, ctx, stores),
    ],
    ["no trial", "conflict", (id) => execute(extendTrial, { id, version: 1, days: 3, reason }, ctx, stores)],
    ["nothing to resume", "conflict", (id) => execute(resumeSubscription, { id, version: 1 }, ctx, stores)],
    ["nothing to keep", "conflict", (id) => execute(keepSubscription, { id, version: 1 }, ctx, stores)],
    ["not free", "conflict", (id) => execute(compSubscription, { id, version: 1, comped: false, reason }, ctx, stores)],
    ["an old version", "stale", (id) => execute(changeQuantity, { id, version: 9, quantity: 2, reason }, ctx, stores)],
  ];

  it.each(bad)("%s", async (_name, code, run) => {
    const { id } = await subscribed(monthly, ctx, stores);
    expect(await outcomeOf(run(id))).toBe(code);
    expect(await read(id)).toMatchObject({ version: 1, status: "active", balance_due_minor: 4900 });
    expect(await booked(id)).toHaveLength(1);
  });

  it("on a cancelled subscription", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    await execute(cancelSubscription, { id, version: 1, reason }, ctx, stores);
    const target = { id, version: 2, reason };
    expect(await outcomeOf(execute(changePlan, { ...target, price_id: dearer }, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(addCredit, { ...target, amount_minor: 100 }, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(pauseService, target, ctx, stores))).toBe("conflict");
    expect(await read(id)).toMatchObject({ status: "canceled", version: 2 });
  });

  it("a second live subscription to the same plan, and somebody unknown", async () => {
    const { user_id } = await subscribed(monthly, ctx, stores);
    const again = { price_id: yearly, reason };
    expect(await outcomeOf(execute(createSubscription, { ...again, user_id }, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(createSubscription, { ...again, user_id: nobody }, ctx, stores))).toBe("invalid");
  });
});
