import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { ago, booked, newest, payByHand, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { cancelSubscription, keepSubscription } from "./cancel/commands";
import { changePlan, changeQuantity, dropChange } from "./change/commands";
import { createSubscription, extendTrial } from "./commands";
import { addCredit, recordPayment, refundPayment, writeOff } from "./money/commands";
import { pauseCollection, pauseService, resumeSubscription } from "./pause/commands";
import { getSubscription } from "./queries";

let stores: Stores;
let superadmin: Actor;
let ctx: Context;
let monthly: string;
let dearer: string;
let yearly: string;
let yen: string;
let trial: string;

beforeAll(async () => {
  stores = await testStores();
  superadmin = await staff("superadmin");
  ctx = context(superadmin);
  const business = await soldPlan({ minor: 4900 }, { minor: 49_000, period: "year" }, { minor: 5000, currency: "JPY" });
  const enterprise = await soldPlan({ minor: 8000 });
  const tried = await soldPlan({ minor: 1900, trial_days: 14 });
  [monthly = "", yearly = "", yen = ""] = business.prices;
  [dearer = ""] = enterprise.prices;
  [trial = ""] = tried.prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
const reason = "Agreed by phone";

describe("create", () => {
  it("charges the first period, keeps it open where nobody collects, and says all of it before", async () => {
    const { id: user_id } = await person();
    const input = { user_id, price_id: monthly, quantity: 3, reason };
    const before = await preview(createSubscription, input, ctx, stores);
    expect(before.money).toMatchObject([
      { currency: "USD", due_minor: 14_700, monthly_before_minor: 0, monthly_minor: 14_700, state: "Active" },
    ]);
    const { id } = await execute(createSubscription, input, ctx, stores, { plan: before.plan });
    expect(await read(id)).toMatchObject({ status: "active", monthly_minor: 14_700, balance_due_minor: 14_700 });
    expect(await booked(id)).toEqual([
      { kind: "charge", status: "succeeded", amount: "147.00", lines: ["receivable 147.00", "revenue -147.00"] },
    ]);
    expect((await eventsOf(id)).map(({ body }) => body.action)).toEqual(["subscription.create"]);
  });

  it("leaves a payment for the processor to collect", async () => {
    const { id } = await subscribed(monthly, ctx, stores, { provider: "test", payment_method: "Test 4242" });
    expect(await booked(id)).toMatchObject([{ kind: "charge" }, { kind: "payment", status: "pending", lines: [] }]);
  });

  it("begins with a trial that costs nothing", async () => {
    const { id } = await subscribed(trial, ctx, stores);
    expect(await read(id)).toMatchObject({ status: "trialing", monthly_minor: 0, balance_due_minor: 0 });
    expect(await booked(id)).toEqual([]);
    const more = await execute(extendTrial, { id, version: 1, days: 7, reason }, ctx, stores);
    expect(more.version).toBe(2);
    const { created_at, trial_end } = await read(id);
    expect(Date.parse(trial_end ?? "") - Date.parse(created_at)).toBe(21 * 86_400_000);
  });
});

describe("change of plan", () => {
  it("shows and charges the same cents, however long the reader takes", async () => {
    const { id } = await subscribed(monthly, ctx, stores, { quantity: 48 });
    await ago(id, 12);
    const input = { id, version: 1, price_id: dearer, reason };
    const shown = await preview(changePlan, input, ctx, stores);
    const [money] = shown.money;
    expect(money?.lines).toHaveLength(2);
    expect(money?.due_minor).toBeGreaterThan(0);
    await execute(changePlan, input, ctx, stores, { plan: shown.plan });
    const after = await read(id);
    expect(after).toMatchObject({ plan: { name: "Business" }, monthly_minor: 384_000 });
    expect(after.balance_due_minor).toBe(48 * 4900 + (money?.due_minor ?? 0));
  });

  it("gives what is not used as credit, which pays the next charge first", async () => {
    const { id } = await subscribed(dearer, ctx, stores);
    await payByHand(id, 8000, ctx, stores);
    await ago(id, 10);
    const { money } = await preview(changePlan, { id, version: 2, price_id: monthly, reason }, ctx, stores);
    await execute(changePlan, { id, version: 2, price_id: monthly, reason }, ctx, stores);
    const credit = (await booked(id)).at(-1);
    expect(credit).toMatchObject({ kind: "credit", status: "succeeded" });
    expect(credit?.lines[0]).toMatch(/^revenue \d/);
    expect(money[0]?.due_minor).toBeLessThan(0);
    const quantity = { id, version: 3, quantity: 5, reason };
    const [next] = (await preview(changeQuantity, quantity, ctx, stores)).money;
    expect(next?.lines.at(-1)).toMatchObject({ text: "Credit balance" });
  });

  it("begins a new period when the length changes", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    await ago(id, 15);
    await execute(changePlan, { id, version: 1, price_id: yearly, reason }, ctx, stores);
    const { period_start, period_end, monthly_minor } = await read(id);
    expect(Date.parse(period_end) - Date.parse(period_start)).toBeGreaterThanOrEqual(365 * 86_400_000);
    expect(monthly_minor).toBe(4083);
  });

  it("waits for the end of the period, and can be taken back or undone", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const later = { price_id: dearer, when: "period_end", reason } as const;
    const saved = await execute(changePlan, { id, version: 1, ...later }, ctx, stores);
    const planned = await read(id);
    expect(planned).toMatchObject({ next_plan: "Business", next_price_at: planned.period_end, monthly_minor: 4900 });
    expect(planned.next_price).toEqual({ amount_minor: 8000, period: "month", period_count: 1 });
    expect(await outcomeOf(execute(changeQuantity, { id, version: 2, quantity: 2, reason }, ctx, stores))).toBe(
      "conflict",
    );
    await undo(saved.undo ?? "", ctx, stores);
    expect(await read(id)).toMatchObject({ next_price_at: null, version: 3 });
    await execute(changePlan, { id, version: 3, ...later }, ctx, stores);
    await execute(dropChange, { id, version: 4 }, ctx, stores);
    expect(await booked(id)).toHaveLength(1);
  });

  it("is free during a trial", async () => {
    const { id } = await subscribed(trial, ctx, stores);
    const saved = await execute(changePlan, { id, version: 1, price_id: monthly, reason }, ctx, stores);
    expect(saved.after).toMatchObject({ status: "trialing" });
    expect(await booked(id)).toEqual([]);
  });
});

describe("pauses", () => {
  it("gives the time of a paused service back", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const { period_end } = await read(id);
    await execute(pauseService, { id, version: 1, reason }, ctx, stores);
    expect(await read(id)).toMatchObject({ status: "paused", monthly_minor: 0 });
    const sql = await database();
    await sql`update app.subscriptions set paused_at = paused_at - interval '5 days' where id = ${id}`;
    await execute(resumeSubscription, { id, version: 2 }, ctx, stores);
    const back = await read(id);
    expect(back).toMatchObject({ status: "active", monthly_minor: 4900, paused_at: null });
    expect(back.paused_seconds).toBeGreaterThanOrEqual(5 * 86_400);
    expect(Date.parse(back.period_end) - Date.parse(period_end)).toBe(back.paused_seconds * 1000);
  });

  it("pauses the collection alone", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    await execute(pauseCollection, { id, version: 1, behavior: "void", reason }, ctx, stores);
    expect(await read(id)).toMatchObject({ status: "active", monthly_minor: 4900, collection_behavior: "void" });
    await execute(changeQuantity, { id, version: 2, quantity: 3, reason }, ctx, stores);
    expect((await booked(id)).slice(1)).toMatchObject([{ kind: "charge" }, { kind: "reversal" }]);
    expect(await read(id)).toMatchObject({ balance_due_minor: 4900 });
  });
});

describe("the end", () => {
  it("comes later, and may be taken back", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const saved = await execute(cancelSubscription, { id, version: 1, when: "period_end", reason }, ctx, stores);
    expect(saved.after?.cancel_at).toBe((await read(id)).period_end);
    await execute(keepSubscription, { id, version: 2 }, ctx, stores);
    expect(await read(id)).toMatchObject({ cancel_at: null, status: "active" });
  });

  it("comes at once with the unused rest of what was paid", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    await pay(id, 1, 4900);
    await ago(id, 10);
    const input = { id, version: 2, refund: "prorated", reason } as const;
    const { money, plan } = await preview(cancelSubscription, input, ctx, stores);
    await execute(cancelSubscription, input, ctx, stores, { plan });
    const refund = (await booked(id)).at(-1);
    expect(refund).toMatchObject({ kind: "refund", status: "succeeded" });
    expect(Math.round(Number(refund?.amount) * 100)).toBe(-(money[0]?.due_minor ?? 0));
    expect(await read(id)).toMatchObject({ status: "canceled", monthly_minor: 0 });
  });
});

async function pay(id: string, version: number, amount_minor: number) {
  const transaction = await newest(id, "charge");
  const how = { payment_method: "Bank transfer", transaction_id: `bank-${id}-${version}` };
  return execute(recordPayment, { id, version, transaction, amount_minor, ...how }, ctx, stores);
}

describe("money by hand", () => {
  it("records a payment, gives a part back, and never more than was paid", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    await pay(id, 1, 4000);
    expect(await read(id)).toMatchObject({ balance_due_minor: 900 });
    const transaction = await newest(id, "payment");
    await execute(refundPayment, { id, version: 2, transaction, amount_minor: 3000, reason }, ctx, stores);
    const failure = await failureOf(
      execute(refundPayment, { id, version: 3, transaction, amount_minor: 1001, reason }, ctx, stores),
    );
    expect(failure).toMatchObject({ code: "invalid", details: { fields: { amount_minor: [expect.any(String)] } } });
    expect((await booked(id)).map(({ kind }) => kind)).toEqual(["charge", "payment", "refund"]);
  });

  it("writes the rest off", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const transaction = await newest(id, "charge");
    await execute(writeOff, { id, version: 1, transaction, reason }, ctx, stores);
    expect(await read(id)).toMatchObject({ balance_due_minor: 0 });
    expect(await outcomeOf(execute(writeOff, { id, version: 2, transaction, reason }, ctx, stores))).toBe("conflict");
  });

  it("gives credit, which an undo takes back while it is unused", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const saved = await execute(addCredit, { id, version: 1, amount_minor: 1200, reason }, ctx, stores);
    await undo(saved.undo ?? "", ctx, stores);
    const [, credit, back] = await booked(id);
    expect(credit?.lines).toEqual(["goodwill 12.00", "customer_credit -12.00"]);
    expect(back?.lines).toEqual(["goodwill -12.00", "customer_credit 12.00"]);
  });

  it("asks for a second person above the limit", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const input = { id, version: 1, amount_minor: 10_001, reason };
    expect((await preview(addCredit, input, ctx, stores)).approval).toBe("More than $100.00 is given away.");
    expect(await outcomeOf(execute(addCredit, input, ctx, stores))).toBe("approval_required");
    expect(await booked(id)).toHaveLength(1);
    const { id: japan } = await subscribed(yen, ctx, stores);
    expect(
      (await preview(addCredit, { id: japan, version: 1, amount_minor: 15_000, reason }, ctx, stores)).approval,
    ).toBe(null);
  });

  it("runs once for a key that is sent twice", async () => {
    const { id } = await subscribed(monthly, ctx, stores);
    const input = { id, version: 1, amount_minor: 500, reason };
    const key = `twice-${id}`;
    const both = await Promise.all([1, 2].map(() => outcomeOf(execute(addCredit, input, ctx, stores, { key }))));
    expect(both).toContain("ok");
    expect((await booked(id)).filter(({ kind }) => kind === "credit")).toHaveLength(1);
  });
});
