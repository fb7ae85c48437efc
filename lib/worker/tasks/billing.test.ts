import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/core/context";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { cancelSubscription } from "@/lib/subscriptions/cancel/commands";
import { lapseSubscription } from "@/lib/subscriptions/collection/commands";
import { changePlan } from "@/lib/subscriptions/change/commands";
import { recordPayment } from "@/lib/subscriptions/money/commands";
import { pauseCollection, pauseService } from "@/lib/subscriptions/pause/commands";
import { getSubscription } from "@/lib/subscriptions/queries";
import { ago, booked, newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { bill } from "./billing";
import { createCollector } from "./collect";

const { signal } = new AbortController();
const reason = "Agreed";

let stores: Stores;
let ctx: Context;
let price: string;
let dearer: string;
let trial: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 3000 })).prices;
  [dearer = ""] = (await soldPlan({ minor: 9000 })).prices;
  [trial = ""] = (await soldPlan({ minor: 1000, trial_days: 7 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
const kinds = async (id: string) => (await booked(id)).map(({ kind, status }) => `${kind} ${status}`);

/** As often as there is something to do; a job that slept catches up one period a pass. */
async function billAll(): Promise<void> {
  for (let pass = 0; pass < 40; pass += 1) if ((await bill(stores, signal)) === 0) return;
  throw new Error("Billing found no end.");
}

describe("renewal", () => {
  it("charges every period once, also the ones it slept through, however many workers run it", async () => {
    const ids: { id: string }[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(await subscribed(price, ctx, stores));
    for (const { id } of ids) await ago(id, 100);
    for (let quiet = 0, pass = 0; quiet < 2 && pass < 40; pass += 1) {
      const done = await Promise.all(Array.from({ length: 4 }, () => bill(stores, signal)));
      quiet = done.every((count) => count === 0) ? quiet + 1 : 0;
    }
    const sql = await database();
    for (const { id } of ids) {
      const periods = await sql<{ start: Date; end: Date }[]>`
        select period_start as start, period_end as end from app.subscription_transactions
        where subscription_id = ${id} and period_start is not null order by period_start`;
      expect(periods.slice(1)).toHaveLength(3);
      const { period_end } = await read(id);
      expect(new Date(period_end).getTime()).toBeGreaterThan(Date.now());
      const renewed = (await eventsOf(id)).filter(({ action }) => action === "subscription.renew");
      expect(renewed).toHaveLength(3);
    }
  });

  it("goes past one that cannot be billed to those behind it", async () => {
    await billAll();
    const [held, behind] = [await subscribed(price, ctx, stores), await subscribed(price, ctx, stores)];
    await ago(held.id, 35);
    await ago(behind.id, 33);
    const sql = await database();
    await sql.begin(async (tx) => {
      await tx`select from app.subscriptions where id = ${held.id} for update`;
      await bill(stores, signal, 1);
    });
    expect(await kinds(held.id)).toHaveLength(1);
    expect(await kinds(behind.id)).toHaveLength(2);
    await billAll();
    expect(await kinds(held.id)).toHaveLength(2);
  });

  it("ends a trial with its first charge", async () => {
    const { id } = await subscribed(trial, ctx, stores);
    await ago(id, 8);
    await billAll();
    expect(await read(id)).toMatchObject({ status: "active", monthly_minor: 1000, balance_due_minor: 1000 });
  });

  it("carries out what was planned: a change, the end, the end of a pause", async () => {
    const [change, end, pause] = await Promise.all([1, 2, 3].map(() => subscribed(price, ctx, stores)));
    if (!change || !end || !pause) throw new Error("Nobody subscribed.");
    const target = { version: 1, reason };
    await execute(changePlan, { ...target, id: change.id, price_id: dearer, when: "period_end" }, ctx, stores);
    await execute(cancelSubscription, { ...target, id: end.id, when: "period_end" }, ctx, stores);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await execute(pauseService, { ...target, id: pause.id, resume_at: tomorrow }, ctx, stores);
    const sql = await database();
    for (const { id } of [change, end, pause]) {
      await ago(id, 40);
      await sql`
        update app.subscriptions set next_price_at = next_price_at - interval '40 days',
          cancel_at = cancel_at - interval '40 days', resume_at = resume_at - interval '2 days',
          paused_at = paused_at - interval '3 days'
        where id = ${id}`;
    }
    await billAll();
    expect(await read(change.id)).toMatchObject({ status: "active", monthly_minor: 9000, next_price_at: null });
    expect(await read(end.id)).toMatchObject({ status: "canceled", monthly_minor: 0, cancel_at: null });
    expect(await read(pause.id)).toMatchObject({ status: "active", resume_at: null });
    expect(await kinds(end.id)).toEqual(["charge succeeded"]);
  });

  it("charges and gives up at once while the collection is paused so", async () => {
    const { id } = await subscribed(price, ctx, stores);
    await execute(pauseCollection, { id, version: 1, behavior: "uncollectible", reason }, ctx, stores);
    await ago(id, 35);
    await billAll();
    expect(await kinds(id)).toEqual(["charge succeeded", "charge succeeded", "write_off succeeded"]);
  });

  /** What was charged was so fifteen days earlier. */
  async function overdue(id: string): Promise<void> {
    const sql = await database();
    await sql.begin(async (tx) => {
      await tx`alter table app.subscription_transactions disable trigger user`;
      await tx`
        update app.subscription_transactions set created_at = created_at - interval '15 days',
          settled_at = settled_at - interval '15 days' where subscription_id = ${id}`;
      await tx`alter table app.subscription_transactions enable trigger user`;
    });
  }

  it("waits fourteen days for a payment by hand", async () => {
    const { id } = await subscribed(price, ctx, stores);
    await billAll();
    expect(await read(id)).toMatchObject({ status: "active" });
    await overdue(id);
    await billAll();
    expect(await read(id)).toMatchObject({ status: "past_due" });
    const { version } = await read(id);
    const how = { transaction: await newest(id, "charge"), payment_method: "Bank transfer", transaction_id: `t-${id}` };
    await execute(recordPayment, { id, version, amount_minor: 3000, ...how }, ctx, stores);
    expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 0 });
  });

  it("waits for nobody whose collection is paused", async () => {
    const { id } = await subscribed(price, ctx, stores);
    await execute(pauseCollection, { id, version: 1, behavior: "keep", reason }, ctx, stores);
    await overdue(id);
    await billAll();
    expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 3000 });
    const lapse = execute(lapseSubscription, { id, version: 2 }, systemContext(lapseSubscription.action), stores);
    expect(await outcomeOf(lapse)).toBe("conflict");
  });
});

describe("collection", () => {
  const by = (payment_method: string) => subscribed(price, ctx, stores, { provider: "test", payment_method });

  it("books what the processor took, once, though it answers twice", async () => {
    const paid = await by("Test 4242");
    const twice = await by("Test 0009");
    const collectors = [1, 2, 3, 4].map(() => createCollector(stores));
    for (let pass = 0; pass < 3; pass += 1) await Promise.all(collectors.map((one) => one.step(signal)));
    for (const { id } of [paid, twice]) {
      expect(await kinds(id)).toEqual(["charge succeeded", "payment succeeded"]);
      expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 0 });
      expect((await eventsOf(id)).filter(({ action }) => action === "subscription.settle")).toHaveLength(1);
    }
  });

  it("is past due after a refusal, asks again later, and leaves it to a person after the last try", async () => {
    const { id } = await by("Test 0002");
    const sql = await database();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await createCollector(stores).step(signal);
      await sql`update app.subscriptions set retry_at = now() - interval '1 minute' where id = ${id} and retry_at is not null`;
      await billAll();
    }
    expect(await read(id)).toMatchObject({ status: "past_due", retries: 4, retry_at: null, balance_due_minor: 3000 });
    expect((await kinds(id)).filter((kind) => kind === "payment failed")).toHaveLength(5);
  });

  it("leaves open what the processor said nothing about", async () => {
    const { id } = await by("Test 0008");
    await createCollector(stores, 50).step(signal);
    expect(await kinds(id)).toEqual(["charge succeeded", "payment pending"]);
    expect(await read(id)).toMatchObject({ status: "active" });
  });
});
