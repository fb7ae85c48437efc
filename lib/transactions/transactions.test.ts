import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { recordPayment, refundPayment } from "@/lib/subscriptions/money/commands";
import { newest, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { getTransaction, listTransactions } from "./queries";

let stores: Stores;
let ctx: Context;
let mine: { id: string; user_id: string };
let charge: string;
let payment: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff());
  const { prices } = await soldPlan({ minor: 4900 }, { minor: 1500, currency: "JPY" });
  mine = await subscribed(prices[0] ?? "", ctx, stores);
  await subscribed(prices[1] ?? "", ctx, stores);
  const { id } = mine;
  charge = await newest(id, "charge");
  const how = { payment_method: "Bank transfer", transaction_id: `bank-${id}` };
  await execute(recordPayment, { id, version: 1, transaction: charge, amount_minor: 4000, ...how }, ctx, stores);
  payment = await newest(id, "payment");
  const back = { id, version: 2, transaction: payment, amount_minor: 1000, reason: "Agreed" };
  await execute(refundPayment, back, ctx, stores);
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const list = (input: object) => ask(listTransactions, input, ctx, stores);

describe("transactions", () => {
  it("come newest first with balanced lines and what is open of them", async () => {
    const { data } = await list({ subscription_id: mine.id });
    expect(data.map(({ kind, open_minor }) => [kind, open_minor])).toEqual([
      ["refund", 0],
      ["payment", 3000],
      ["charge", 900],
    ]);
    for (const { entries } of data) expect(entries.reduce((sum, { amount_minor }) => sum + amount_minor, 0)).toBe(0);
    expect(data.at(-1)?.entries).toEqual([
      { line: 1, account: "receivable", amount_minor: 4900 },
      { line: 2, account: "revenue", amount_minor: -4900 },
    ]);
  });

  it.each([
    ["kind", { kind: "payment,refund" }, 2],
    ["status", { status: "succeeded" }, 3],
    ["a status nobody has", { status: "failed" }, 0],
    ["a day before them", { created_before: "2020-01-01" }, 0],
    ["a day after which they are", { created_after: "2020-01-01" }, 3],
  ])("are filtered by %s", async (_name, filter, count) => {
    const { data } = await list({ user_id: mine.user_id, ...filter });
    expect(data).toHaveLength(count);
  });

  it("are walked page by page, both ways", async () => {
    const whole = (await list({ limit: 200 })).data.map(({ id }) => id);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 200, after: first.page.next ?? "" });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(whole);
    const back = await list({ limit: 200, before: second.page.previous ?? "" });
    expect(back.data).toEqual(first.data);
    expect(await outcomeOf(list({ after: "bm90IGEgY3Vyc29y" }))).toBe("invalid");
  });

  it("are read one by one, in whole units where a currency has no smaller ones", async () => {
    const one = await ask(getTransaction, { id: payment }, ctx, stores);
    expect(one).toMatchObject({ kind: "payment", parent_id: charge, amount_minor: 4000, reversed: false });
    const { data } = await list({ kind: "charge" });
    expect(data[0]).toMatchObject({ currency: "JPY", amount_minor: 1500, open_minor: 1500 });
    const nobody = "00000000-0000-7000-8000-000000000000";
    expect(await outcomeOf(ask(getTransaction, { id: nobody }, ctx, stores))).toBe("not_found");
  });
});
