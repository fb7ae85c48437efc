import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, In } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { answerEvent } from "@/lib/next/processor-events";
import { sign, TOLERANCE_MS } from "@/lib/next/processor-signature";
import { cancelSubscription } from "@/lib/subscriptions/cancel/commands";
import { getSubscription } from "@/lib/subscriptions/queries";
import { booked, newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { applyEvents } from "@/lib/worker/tasks/processor-events";
import { listProcessorEvents } from "./queries";

const SECRET = "a secret that both sides of it know well";
const { signal } = new AbortController();

let stores: Stores;
let ctx: Context;
let price: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 2500 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

type Told = { signature?: string | null; at?: Date; secret?: string | undefined };

async function tell(event: object | string, { signature, at = new Date(), secret = SECRET }: Told = {}) {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const headers = new Headers({ "content-type": "application/json" });
  if (signature !== null) headers.set("processor-signature", signature ?? sign(body, SECRET, at));
  const request = new Request("http://console.test/api/processor-events", { method: "POST", body, headers });
  const answer = await answerEvent(request, secret, stores);
  return { status: answer.status, ...((await answer.json()) as { repeated?: boolean; code?: string }) };
}

const waiting = () => subscribed(price, ctx, stores, { provider: "test", payment_method: "Test 0008" });
const kept = async () => {
  const sql = await database();
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from app.processor_events`;
  return row?.n ?? 0;
};
/** Of the newest events, newest first. */
async function outcomes(most: number) {
  const sql = await database();
  const rows = await sql`select outcome from app.processor_events order by id desc limit ${most}`;
  return rows.map(({ outcome }) => outcome);
}

let count = 0;
const eventId = () => `evt_${(count += 1)}`;

describe("events of a processor", () => {
  it("settle a payment once, though they are told twice at the same time", async () => {
    const { id } = await waiting();
    const transaction = await newest(id, "payment");
    const event = {
      provider: "test",
      event_id: eventId(),
      kind: "payment.succeeded",
      transaction,
      reference: `r-${id}`,
    };
    const answers = await Promise.all([tell(event), tell(event), tell(event)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ repeated }) => repeated)).toHaveLength(2);
    await Promise.all([applyEvents(stores, signal), applyEvents(stores, signal)]);
    expect(await booked(id)).toMatchObject([{ kind: "charge" }, { kind: "payment", status: "succeeded" }]);
    expect(await ask(getSubscription, { id }, ctx, stores)).toMatchObject({ balance_due_minor: 0 });
  });

  it("of a refusal make it past due; a late one about something settled changes nothing", async () => {
    const { id } = await waiting();
    const transaction = await newest(id, "payment");
    await tell({ provider: "test", event_id: eventId(), kind: "payment.failed", transaction, detail: "No money" });
    await applyEvents(stores, signal);
    await tell({ provider: "test", event_id: eventId(), kind: "payment.succeeded", transaction, reference: "late" });
    await applyEvents(stores, signal);
    expect(await ask(getSubscription, { id }, ctx, stores)).toMatchObject({ status: "past_due", retries: 1 });
    expect((await booked(id)).at(-1)).toMatchObject({ kind: "payment", status: "failed" });
    const sql = await database();
    const [last] = await sql`select outcome from app.processor_events order by id desc limit 1`;
    expect(last).toEqual({ outcome: "settled_before" });
  });

  it("of money for a payment that was given up book it once, as a payment of its own", async () => {
    const { id } = await waiting();
    const transaction = await newest(id, "payment");
    await execute(cancelSubscription, { id, version: 1, reason: "Left" }, ctx, stores);
    const event = { provider: "test", kind: "payment.succeeded", transaction };
    await tell({ ...event, event_id: eventId(), reference: `late-${id}` });
    await tell({ ...event, event_id: eventId(), reference: `again-${id}` });
    await applyEvents(stores, signal);
    expect((await booked(id)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      "charge succeeded",
      "payment failed",
      "payment succeeded",
    ]);
    expect(await ask(getSubscription, { id }, ctx, stores)).toMatchObject({ status: "canceled", balance_due_minor: 0 });
    expect(await outcomes(2)).toEqual(["unmatched", "applied"]);
  });

  it("with a number that another payment has do not stop those behind them", async () => {
    const [one, other] = [await waiting(), await waiting()];
    for (const { id } of [one, other]) {
      const transaction = await newest(id, "payment");
      const event = { provider: "test", event_id: eventId(), kind: "payment.succeeded", transaction };
      await tell({ ...event, reference: `same-${one.id}` });
    }
    await applyEvents(stores, signal);
    expect(await outcomes(2)).toEqual(["unmatched", "applied"]);
    const { data } = await ask(listProcessorEvents, { state: ["unmatched"], limit: 1 }, ctx, stores);
    expect(data).toMatchObject([{ subscription_id: other.id, problem: "This number was used before." }]);
    expect(data[0]?.customer).toBeTruthy();
    expect((await booked(other.id)).at(-1)).toMatchObject({ kind: "payment", status: "pending" });
  });

  it("say how the processor sees a subscription", async () => {
    const { id } = await waiting();
    const sql = await database();
    await sql`update app.subscriptions set provider_ref = ${`sub_${id}`} where id = ${id}`;
    const seen = { provider: "test", event_id: eventId(), kind: "subscription.status" };
    await tell({ ...seen, provider_ref: `sub_${id}`, detail: "canceled" });
    await applyEvents(stores, signal);
    expect(await ask(getSubscription, { id }, ctx, stores)).toMatchObject({
      status: "active",
      provider_status: "canceled",
    });
  });

  it("about nothing we know are kept and said to be so", async () => {
    const transaction = "00000000-0000-7000-8000-000000000000";
    await tell({ provider: "test", event_id: eventId(), kind: "refund.succeeded", transaction, reference: "x" });
    await applyEvents(stores, signal);
    const { data } = await ask(listProcessorEvents, { limit: 1 }, ctx, stores);
    expect(data).toMatchObject([
      { outcome: "unmatched", problem: "No transaction has this id.", subscription_id: null, transaction },
    ]);
  });

  it("are listed by what became of them, page by page both ways, for who may read subscriptions", async () => {
    const list = (input: In<typeof listProcessorEvents>) => ask(listProcessorEvents, input, ctx, stores);
    const transaction = "00000000-0000-7000-8000-000000000000";
    const late = { provider: "test", event_id: eventId(), kind: "payment.failed", transaction, detail: "no" };
    await tell(late);
    expect((await list({ state: "waiting" })).data).toMatchObject([{ event_id: late.event_id, concluded_at: null }]);
    await applyEvents(stores, signal);
    expect((await list({ state: "waiting" })).data).toEqual([]);
    const whole = (await list({ limit: 200 })).data;
    expect(whole).toHaveLength(await kept());
    const first = await list({ limit: 2 });
    const second = await list({ limit: 200, after: first.page.next ?? "" });
    expect([...first.data, ...second.data]).toEqual(whole);
    expect((await list({ limit: 200, before: second.page.previous ?? "" })).data).toEqual(first.data);
    const odd = await list({ state: "unmatched,settled_before", limit: 200 });
    expect(odd.data).toEqual(whole.filter(({ outcome }) => outcome !== "applied"));
    expect(odd.data.every(({ outcome, problem }) => (outcome === "unmatched") === (problem !== null))).toBe(true);
    expect(await outcomeOf(ask(listProcessorEvents, {}, context(await staff("ops")), stores))).toBe("forbidden");
  });

  it("are refused without leaving a trace: signature, age, form, secret", async () => {
    const before = await kept();
    const fine = { provider: "test", event_id: eventId(), kind: "payment.failed", detail: "no" };
    const whole = { ...fine, transaction: "00000000-0000-7000-8000-000000000000" };
    expect(await tell(whole, { signature: null })).toMatchObject({ status: 401 });
    expect(await tell(whole, { signature: sign("another body", SECRET, new Date()) })).toMatchObject({ status: 401 });
    expect(await tell(whole, { signature: sign(JSON.stringify(whole), "not the secret", new Date()) })).toMatchObject({
      status: 401,
    });
    expect(await tell(whole, { at: new Date(Date.now() - TOLERANCE_MS - 1000) })).toMatchObject({ status: 401 });
    expect(await tell("{")).toMatchObject({ status: 400, code: "malformed" });
    expect(await tell(fine)).toMatchObject({ status: 422, code: "invalid" });
    expect(await tell({ ...whole, amount: 3 })).toMatchObject({ status: 422 });
    expect(await tell([])).toMatchObject({ status: 422 });
    const request = new Request("http://console.test/", { method: "POST", body: "{}" });
    expect((await answerEvent(request, undefined, stores)).status).toBe(404);
    expect(await kept()).toBe(before);
  });
});
