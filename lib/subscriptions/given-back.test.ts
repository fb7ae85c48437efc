// What is given back of a period: never more than was paid for it, never for what is not paid, and nothing forgotten.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command, Context, In } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { wrongBounds } from "@/lib/testing/model/checks";
import { ago, booked, newest, payByHand, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { createCollector } from "@/lib/worker/tasks/collect";
import { applyChange, endSubscription, renewSubscription } from "./billing/commands";
import { cancelSubscription } from "./cancel/commands";
import { changePlan, changeQuantity } from "./change/commands";
import { compSubscription, createSubscription } from "./commands";
import { addCredit, refundPayment, retryPayment, takeBackCredit, writeOff } from "./money/commands";
import { pauseService, resumeSubscription } from "./pause/commands";
import { getSubscription } from "./queries";

const reason = "Agreed";
const DAY_MS = 86_400_000;

let stores: Stores;
let ctx: Context;
let monthly: string;
let yearly: string;
let dearer: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  // Below what needs a second person.
  const sold = await soldPlan({ minor: 1000 }, { minor: 4500, period: "year" });
  [monthly = "", yearly = ""] = sold.prices;
  [dearer = ""] = (await soldPlan({ minor: 3000 })).prices;
});

afterAll(async () => {
  expect(await wrongBooks()).toEqual([]);
  expect(await wrongBounds()).toEqual([]);
});

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);

type Target = { id: string; version: number; reason: string };

/** At the version it has; answers the money as the preview shows it. */
async function carryOut<C extends Command>(command: C, id: string, input: (to: Target) => In<C>) {
  const { version } = await read(id);
  const whole = input({ id, version, reason });
  const [money] = (await preview(command, whole, ctx, stores)).money;
  if (!money) throw new Error("No money was shown.");
  await execute(command, whole, ctx, stores);
  return money;
}

async function paid(price: string, minor: number, more = {}): Promise<string> {
  const { id } = await subscribed(price, ctx, stores, more);
  await payByHand(id, minor, ctx, stores);
  return id;
}

async function creditOf(id: string): Promise<number> {
  const sql = await database();
  const [row] = await sql<{ minor: number }[]>`
    select (100 * balance)::int as minor from app.credit_balances b
    join app.subscriptions s using (user_id) where s.id = ${id}`;
  return row?.minor ?? 0;
}

const about = (minor: number, wanted: number) => expect(Math.abs(minor - wanted), `${minor}`).toBeLessThanOrEqual(1);

describe("credit for what is not used", () => {
  it("lowers what can be refunded of the payment it comes from", async () => {
    const id = await paid(yearly, 4500);
    const payment = await newest(id, "payment");
    await carryOut(changePlan, id, (to) => ({ ...to, price_id: monthly }));
    about(await creditOf(id), 3500);
    const { version } = await read(id);
    const refund = { id, version, transaction: payment, amount_minor: 4500, reason };
    expect(await outcomeOf(execute(refundPayment, refund, ctx, stores))).toBe("invalid");
  });

  it("is given for what was paid only; what is open is taken off", async () => {
    const { id } = await subscribed(yearly, ctx, stores);
    const charge = await newest(id, "charge");
    const money = await carryOut(changePlan, id, (to) => ({ ...to, price_id: monthly }));
    about(money.due_minor, 1000);
    about((await read(id)).balance_due_minor, 1000);
    expect(await creditOf(id)).toBe(0);
    const { version } = await read(id);
    const off = { id, version, transaction: charge, reason };
    expect(await outcomeOf(execute(writeOff, off, ctx, stores))).toBe("conflict");
  });

  it("is the customer's own and cannot be taken back, other than credit that was given", async () => {
    const id = await paid(monthly, 3000, { quantity: 3 });
    await carryOut(changeQuantity, id, (to) => ({ ...to, quantity: 1 }));
    about(await creditOf(id), 2000);
    const { version } = await read(id);
    expect(await outcomeOf(execute(takeBackCredit, { id, version }, ctx, stores))).toBe("not_found");
    await carryOut(addCredit, id, (to) => ({ ...to, amount_minor: 500 }));
    await carryOut(takeBackCredit, id, (to) => to);
    about(await creditOf(id), 2000);
  });

  it("knows what was paid before it became free of charge", async () => {
    const id = await paid(yearly, 4500);
    await carryOut(compSubscription, id, (to) => ({ ...to, comped: true }));
    const same = await carryOut(changeQuantity, id, (to) => ({ ...to, quantity: 2 }));
    expect(same.due_minor).toBe(0);
    const left = await carryOut(cancelSubscription, id, (to) => ({ ...to, refund: "prorated" as const }));
    about(left.due_minor, -4500);
  });
});

it("credit pays before the processor is asked again, and ends being past due with it", async () => {
  const { id } = await subscribed(monthly, ctx, stores, { provider: "test", payment_method: "Test 0002" });
  await createCollector(stores).step(new AbortController().signal);
  expect(await read(id)).toMatchObject({ status: "past_due", balance_due_minor: 1000 });
  await carryOut(addCredit, id, (to) => ({ ...to, amount_minor: 1300 }));
  const transaction = await newest(id, "charge");
  const money = await carryOut(retryPayment, id, (to) => ({ ...to, transaction }));
  expect(money.lines).toEqual([{ text: "Paid from credit, nothing to collect", minor: 0 }]);
  expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 0 });
  expect(await creditOf(id)).toBe(300);
});

describe("a refund at the end", () => {
  it("takes off what is open before money goes back, and leaves older payments alone", async () => {
    const id = await paid(monthly, 1000);
    await ago(id, 32);
    const { period_end, version } = await read(id);
    expect(Date.parse(period_end)).toBeLessThan(Date.now());
    await execute(renewSubscription, { id, version }, ctx, stores);
    const money = await carryOut(cancelSubscription, id, (to) => ({ ...to, refund: "prorated" as const }));
    expect(money.due_minor).toBe(0);
    const after = await read(id);
    expect(after.balance_due_minor).toBeLessThan(100);
    expect((await booked(id)).filter(({ kind }) => kind === "refund")).toEqual([]);
  });

  it("goes over all payments of the period", async () => {
    const id = await paid(yearly, 4500);
    await ago(id, 100);
    const more = await carryOut(changeQuantity, id, (to) => ({ ...to, quantity: 2 }));
    await payByHand(id, more.due_minor, ctx, stores);
    const back = await carryOut(cancelSubscription, id, (to) => ({ ...to, refund: "prorated" as const }));
    about(back.due_minor, -2 * more.due_minor);
    expect((await booked(id)).filter(({ kind }) => kind === "refund")).toHaveLength(2);
  });

  it("gives back as credit what had been paid from credit", async () => {
    const first = await paid(monthly, 1000);
    await carryOut(addCredit, first, (to) => ({ ...to, amount_minor: 1000 }));
    await ago(first, 32);
    const { version } = await read(first);
    await execute(renewSubscription, { id: first, version }, ctx, stores);
    expect(await creditOf(first)).toBe(0);
    await carryOut(cancelSubscription, first, (to) => ({ ...to, refund: "full" as const }));
    expect(await creditOf(first)).toBe(1000);
  });
});

describe("time the service is paused", () => {
  async function pausedDays(id: string, days: number): Promise<void> {
    const sql = await database();
    await sql`update app.subscriptions set paused_at = paused_at - make_interval(days => ${days}),
      period_start = period_start - make_interval(days => ${days}), period_end = period_end - make_interval(days => ${days})
      where id = ${id}`;
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update app.subscription_transactions set period_start = period_start - make_interval(days => ${days}),
        period_end = period_end - make_interval(days => ${days}) where subscription_id = ${id} and kind = 'charge'`;
    });
  }

  it("is not used: not while it lasts, and not afterwards", async () => {
    for (const resumes of [false, true]) {
      const id = await paid(monthly, 1000);
      await ago(id, 10);
      const { period_start, period_end } = await read(id);
      const all = Date.parse(period_end) - Date.parse(period_start);
      const left = Math.round((1000 * (all - 10 * DAY_MS)) / all);
      await carryOut(pauseService, id, (to) => to);
      await pausedDays(id, 25);
      if (resumes) await carryOut(resumeSubscription, id, (to) => to);
      const back = await carryOut(cancelSubscription, id, (to) => ({ ...to, refund: "prorated" as const }));
      about(back.due_minor, -left);
    }
  });

  it("moves an end that waits for the end of the period", async () => {
    const id = await paid(monthly, 1000);
    await ago(id, 10);
    await carryOut(pauseService, id, (to) => to);
    await pausedDays(id, 25);
    const money = await carryOut(cancelSubscription, id, (to) => ({ ...to, when: "period_end" as const }));
    expect(money.state).toContain("cancels with its period");
    const { version } = await read(id);
    expect(await outcomeOf(execute(endSubscription, { id, version }, ctx, stores))).toBe("conflict");
    await carryOut(resumeSubscription, id, (to) => to);
    const back = await read(id);
    expect(back.cancel_at).toBe(back.period_end);
    expect(Date.parse(back.period_end)).toBeGreaterThan(Date.now() + 19 * DAY_MS);
  });
});

describe("a change on a day inside the period", () => {
  it("shows what it will cost, and costs that, however late it is carried out", async () => {
    const id = await paid(monthly, 1000);
    const at = new Date(Date.now() + 5 * DAY_MS).toISOString();
    const { next } = await carryOut(changePlan, id, (to) => ({ ...to, price_id: dearer, when: "date" as const, at }));
    expect(next?.at).toBe(at);
    await ago(id, 8);
    const sql = await database();
    await sql`update app.subscriptions set next_price_at = next_price_at - interval '8 days' where id = ${id}`;
    const { version } = await read(id);
    await execute(applyChange, { id, version }, ctx, stores);
    expect((await read(id)).balance_due_minor).toBe(next?.minor);
  });
});

it("nobody has a plan twice, not even by two commands at once", async () => {
  const other = (await soldPlan({ minor: 1000 })).prices[0] ?? "";
  for (let round = 0; round < 5; round += 1) {
    const { id, user_id } = await subscribed(monthly, ctx, stores);
    const both = await Promise.allSettled([
      execute(changePlan, { id, version: 1, price_id: other, when: "period_end" as const, reason }, ctx, stores),
      execute(createSubscription, { user_id, price_id: other, reason }, ctx, stores),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  }
});
