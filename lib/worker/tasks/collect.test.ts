// How open charges are collected: fairly, in rounds with pauses between them, from credit first.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { createSubscription } from "@/lib/subscriptions/commands";
import { addCredit, recordPayment } from "@/lib/subscriptions/money/commands";
import { RETRY_AFTER_DAYS } from "@/lib/subscriptions/schema";
import { getSubscription } from "@/lib/subscriptions/queries";
import { ago, booked, newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { bill } from "./billing";
import { createCollector } from "./collect";

const { signal } = new AbortController();
const reason = "Agreed";
const DAY_MS = 86_400_000;

let stores: Stores;
let ctx: Context;
let price: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 3000 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const by = (payment_method: string) => subscribed(price, ctx, stores, { provider: "test", payment_method });
const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
const target = async (id: string) => ({ id, version: (await read(id)).version });
const kinds = async (id: string) => (await booked(id)).map(({ kind, status }) => `${kind} ${status}`);
const collect = () => createCollector(stores, 50).step(signal);
const give = async (id: string, amount_minor: number) =>
  execute(addCredit, { ...(await target(id)), amount_minor, reason }, ctx, stores);

async function billAll(): Promise<void> {
  for (let pass = 0; pass < 40; pass += 1) if ((await bill(stores, signal)) === 0) return;
  throw new Error("Billing found no end.");
}

/** The day of the next try has come. */
async function tryAgain(id: string): Promise<void> {
  const sql = await database();
  await sql`update app.subscriptions set retry_at = now() - interval '1 minute' where id = ${id} and retry_at is not null`;
  await billAll();
  await collect();
}

/** Tries so far, and after how many days the next one is. */
async function tries(id: string): Promise<[number, number | null]> {
  const { retries, retry_at } = await read(id);
  return [retries, retry_at === null ? null : Math.round((Date.parse(retry_at) - Date.now()) / DAY_MS)];
}

describe("payments the processor is silent about", () => {
  it("leave room for those before and behind them", async () => {
    const silent: string[] = [];
    for (let each = 0; each < 3; each += 1) silent.push((await by("Test 0008")).id);
    const paid = await by("Test 4242");
    for (let each = 0; each < 3; each += 1) silent.push((await by("Test 0008")).id);
    const collector = createCollector(stores, 50, 2);
    for (let pass = 0; pass < 4; pass += 1) await collector.step(signal);
    expect(await kinds(paid.id)).toEqual(["charge succeeded", "payment succeeded"]);
    for (const id of silent) expect(await kinds(id)).toEqual(["charge succeeded", "payment pending"]);
    const late = await by("Test 4242");
    await collector.step(signal);
    expect(await kinds(late.id)).toEqual(["charge succeeded", "payment succeeded"]);
  });
});

describe("tries", () => {
  it("are counted by rounds, however many charges are open", async () => {
    const { id } = await by("Test 0002");
    await ago(id, 35);
    await billAll();
    await collect();
    expect(await kinds(id)).toEqual([
      ...["charge succeeded", "payment failed"],
      ...["charge succeeded", "payment failed"],
    ]);
    expect(await tries(id)).toEqual([1, 1]);
    await tryAgain(id);
    expect(await tries(id)).toEqual([2, 3]);
    expect((await kinds(id)).filter((kind) => kind === "payment failed")).toHaveLength(4);
  });

  it("begin anew with the charge of another period", async () => {
    const { id } = await by("Test 0002");
    await collect();
    for (let round = 0; round < RETRY_AFTER_DAYS.length; round += 1) await tryAgain(id);
    expect(await tries(id)).toEqual([4, null]);
    await ago(id, 35);
    await billAll();
    await collect();
    expect(await tries(id)).toEqual([1, 1]);
    await tryAgain(id);
    expect(await tries(id)).toEqual([2, 3]);
  });
});

describe("a subscription whose first charge is not paid", () => {
  async function incomplete(payment_method: string): Promise<string> {
    const { id } = await by(payment_method);
    const sql = await database();
    await sql.begin(async (tx) => {
      // No path leads there: it begins so.
      await tx`set local session_replication_role = replica`;
      await tx`update app.subscriptions set status = 'incomplete' where id = ${id}`;
    });
    return id;
  }

  it("becomes active when the processor took it, and is renewed from then on", async () => {
    const id = await incomplete("Test 4242");
    await collect();
    expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 0 });
    await ago(id, 35);
    await billAll();
    await collect();
    expect((await kinds(id)).filter((kind) => kind === "payment succeeded")).toHaveLength(2);
  });

  it("stays so while something is open, and has its whole period from the day it was paid by hand", async () => {
    const id = await incomplete("Test 0002");
    await ago(id, 100);
    await collect();
    expect(await read(id)).toMatchObject({ status: "incomplete", retries: 0, retry_at: null });
    const pay = async (amount_minor: number) => {
      const how = { payment_method: "Bank transfer", transaction_id: `TRF-${id}-${amount_minor}` };
      const transaction = await newest(id, "charge");
      await execute(recordPayment, { ...(await target(id)), transaction, amount_minor, ...how }, ctx, stores);
    };
    await pay(1000);
    expect(await read(id)).toMatchObject({ status: "incomplete", balance_due_minor: 2000 });
    await pay(2000);
    const paid = await read(id);
    expect(paid).toMatchObject({ status: "active", balance_due_minor: 0 });
    expect((Date.parse(paid.period_end) - Date.now()) / DAY_MS).toBeGreaterThan(27);
    await billAll();
    expect(await kinds(id)).toEqual([
      ...["charge succeeded", "payment failed", "payment succeeded", "payment succeeded"],
    ]);
  });
});

describe("credit", () => {
  it("pays first what was declined, and ends it when it pays all", async () => {
    const some = await by("Test 0002");
    await give(some.id, 1000);
    const all = await by("Test 0002");
    await give(all.id, 3000);
    await collect();
    expect(await kinds(some.id)).toEqual([
      ...["charge succeeded", "payment failed", "credit succeeded", "credit_use succeeded"],
    ]);
    expect(await read(some.id)).toMatchObject({ status: "past_due", balance_due_minor: 2000, retries: 1 });
    expect(await read(all.id)).toMatchObject({ status: "active", balance_due_minor: 0, retries: 0, retry_at: null });
  });

  it("pays before the processor is asked again", async () => {
    const { id, user_id } = await by("Test 0002");
    await collect();
    expect(await read(id)).toMatchObject({ status: "past_due" });
    // Given with another of this customer's subscriptions, which owes nothing: credit is the customer's.
    const [tried = ""] = (await soldPlan({ minor: 9000, trial_days: 7 })).prices;
    const other = await execute(createSubscription, { user_id, price_id: tried, reason }, ctx, stores);
    await give(other.id, 1000);
    const sql = await database();
    await sql`update app.subscriptions set retry_at = now() where id = ${id}`;
    await billAll();
    expect((await booked(id)).at(-1)).toMatchObject({ kind: "payment", status: "pending", amount: "20.00" });
    await collect();
    await give(other.id, 5000);
    await tryAgain(id);
    expect(await read(id)).toMatchObject({ status: "active", balance_due_minor: 0, retries: 0, retry_at: null });
    expect((await kinds(id)).at(-1)).toBe("credit_use succeeded");
  });
});
