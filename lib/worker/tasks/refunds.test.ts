// Money that goes back: the way it came, and never twice, however late the processor answers.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { systemContext } from "@/lib/core/context";
import { receiveEvent } from "@/lib/processor-events/commands";
import { listProcessorEvents } from "@/lib/processor-events/queries";
import { cancelSubscription } from "@/lib/subscriptions/cancel/commands";
import { GIVEN_UP } from "@/lib/subscriptions/collection/schema";
import { recordPayment, refundPayment } from "@/lib/subscriptions/money/commands";
import { getSubscription } from "@/lib/subscriptions/queries";
import { booked, newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { createCollector } from "./collect";
import { applyEvents } from "./processor-events";

const { signal } = new AbortController();
const reason = "Agreed";

let stores: Stores;
let ctx: Context;
let price: string;
let count = 0;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 3000 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const by = (payment_method: string) => subscribed(price, ctx, stores, { provider: "test", payment_method });
const kinds = async (id: string) => (await booked(id)).map(({ kind, status }) => `${kind} ${status}`);
const target = async (id: string) => ({ id, version: (await ask(getSubscription, { id }, ctx, stores)).version });
const collect = () => createCollector(stores, 50).step(signal);

async function tell(kind: "payment.succeeded" | "refund.succeeded", transaction: string, reference: string) {
  const event = { provider: "test" as const, event_id: `told_${(count += 1)}`, kind, transaction, reference };
  await execute(receiveEvent, event, systemContext(receiveEvent.action), stores);
  await applyEvents(stores, signal);
  const { data } = await ask(listProcessorEvents, { limit: 1 }, ctx, stores);
  return data[0];
}

async function giveBack(id: string, amount_minor: number): Promise<string> {
  const transaction = await newest(id, "payment");
  await execute(refundPayment, { ...(await target(id)), transaction, amount_minor, reason }, ctx, stores);
  return newest(id, "refund");
}

/** Of one whose processor never answers, but said that it took the money. */
async function paidInSilence() {
  const { id } = await by("Test 0008");
  await tell("payment.succeeded", await newest(id, "payment"), `paid-${id}`);
  return id;
}

async function older(transaction: string, hours: number, failure?: string): Promise<void> {
  const sql = await database();
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      update app.subscription_transactions set created_at = created_at - make_interval(hours => ${hours})
      where id = ${transaction}`;
    if (failure === undefined) return;
    await tx`
      update app.subscription_transactions set status = 'failed', failure = ${failure}, settled_at = now()
      where id = ${transaction}`;
  });
}

async function payByHand(id: string, amount_minor: number): Promise<void> {
  const how = { payment_method: "Bank transfer", transaction_id: `TRF-${(count += 1)}-${id}` };
  const transaction = await newest(id, "charge");
  await execute(recordPayment, { ...(await target(id)), transaction, amount_minor, ...how }, ctx, stores);
}

describe("a refund the processor is silent about", () => {
  it("waits however long it takes, and blocks the amount until then", async () => {
    const id = await paidInSilence();
    const refund = await giveBack(id, 2000);
    await older(refund, 25);
    await collect();
    expect((await kinds(id)).at(-1)).toBe("refund pending");
    const again = { ...(await target(id)), transaction: await newest(id, "payment"), amount_minor: 1500, reason };
    expect(await outcomeOf(execute(refundPayment, again, ctx, stores))).toBe("invalid");
    expect(await tell("refund.succeeded", refund, `back-${id}`)).toMatchObject({ outcome: "applied" });
    expect((await kinds(id)).at(-1)).toBe("refund succeeded");
  });

  it("is booked once when an earlier version had given it up", async () => {
    const id = await paidInSilence();
    const refund = await giveBack(id, 1000);
    await older(refund, 25, GIVEN_UP.silence);
    expect(await tell("refund.succeeded", refund, `late-${id}`)).toMatchObject({ outcome: "applied" });
    expect((await kinds(id)).slice(-2)).toEqual(["refund failed", "refund succeeded"]);
    expect(await tell("refund.succeeded", refund, `late-${id}`)).toMatchObject({ outcome: "settled_before" });
    expect(await tell("refund.succeeded", refund, `other-${id}`)).toMatchObject({
      outcome: "unmatched",
      problem: "This was booked before, when it came late.",
    });
    expect((await kinds(id)).filter((kind) => kind === "refund succeeded")).toHaveLength(1);
  });

  it("is left to a person when so much cannot be given back any more", async () => {
    const id = await paidInSilence();
    const refund = await giveBack(id, 2000);
    await older(refund, 25, GIVEN_UP.silence);
    await giveBack(id, 1500);
    expect(await tell("refund.succeeded", refund, `late-${id}`)).toMatchObject({
      outcome: "unmatched",
      problem: "So much of this payment cannot be given back any more.",
    });
    expect((await kinds(id)).slice(-2)).toEqual(["refund failed", "refund pending"]);
  });
});

describe("a refund goes the way the payment came", () => {
  it("by hand for one recorded by hand, though a processor collects the subscription", async () => {
    const { id } = await by("Test 0002");
    await collect();
    await payByHand(id, 3000);
    await giveBack(id, 1000);
    expect((await booked(id)).at(-1)).toMatchObject({
      kind: "refund",
      status: "succeeded",
      lines: ["refunds 10.00", "processor -10.00"],
    });
    await execute(cancelSubscription, { ...(await target(id)), refund: "full", reason }, ctx, stores);
    expect((await kinds(id)).at(-1)).toBe("refund succeeded");
  });

  it("through the processor for what it took, also late", async () => {
    const { id } = await by("Test 4242");
    await collect();
    await giveBack(id, 1000);
    expect((await kinds(id)).at(-1)).toBe("refund pending");
    await collect();
    expect((await kinds(id)).at(-1)).toBe("refund succeeded");

    const late = await by("Test 0008");
    const payment = await newest(late.id, "payment");
    await older(payment, 25);
    await collect();
    expect(await kinds(late.id)).toEqual(["charge succeeded", "payment failed"]);
    expect(await tell("payment.succeeded", payment, `late-${late.id}`)).toMatchObject({ outcome: "applied" });
    await giveBack(late.id, 3000);
    expect((await kinds(late.id)).slice(-2)).toEqual(["payment succeeded", "refund pending"]);
  });
});
