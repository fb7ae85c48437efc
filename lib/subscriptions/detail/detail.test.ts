import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { newest, soldPlan, subscribed } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { changeQuantity } from "../change/commands";
import { addCredit, recordPayment, refundPayment } from "../money/commands";
import { exportLedger, subscriptionDetail, subscriptionLedger, subscriptionsOfUser } from "./queries";

let stores: Stores;
let ctx: Context;
let price: string;

const reason = "Agreed";

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [price = ""] = (await soldPlan({ minor: 4900 })).prices;
});

/** Charged 49.00, 40.00 paid and 10.00 of it given back, 12.00 credit, then two more seats. */
async function busy() {
  const { id, user_id } = await subscribed(price, ctx, stores);
  const paid = { payment_method: "Bank transfer", transaction_id: `bank-${id}`, amount_minor: 4000 };
  await execute(recordPayment, { id, version: 1, transaction: await newest(id, "charge"), ...paid }, ctx, stores);
  const transaction = await newest(id, "payment");
  await execute(refundPayment, { id, version: 2, transaction, amount_minor: 1000, reason }, ctx, stores);
  await execute(addCredit, { id, version: 3, amount_minor: 1200, reason }, ctx, stores);
  await execute(changeQuantity, { id, version: 4, quantity: 3, reason }, ctx, stores);
  return { id, user_id };
}

describe("the detail of a subscription", () => {
  it("says what came in, what is open, what is in credit and what is next", async () => {
    const { id } = await busy();
    const detail = await ask(subscriptionDetail, { id }, ctx, stores);
    expect(detail).toMatchObject({ lifetime_minor: 3000, payments: 1, refunds: 1, credit_minor: 0 });
    expect(detail.open.map(({ open_minor }) => open_minor)).toEqual([900, 9800 - 1200]);
    expect(detail.recent.map(({ kind, open_minor }) => [kind, open_minor])).toEqual([
      ["refund", 0],
      ["payment", 3000],
    ]);
    expect(detail.credits).toMatchObject([{ amount_minor: 1200, goodwill: true }]);
    expect(detail.next).toMatchObject({ minor: 3 * 4900 });
  });

  it("tells credit that was given away from what was paid and is not used", async () => {
    const { id } = await subscribed(price, ctx, stores, { quantity: 3 });
    const paid = { payment_method: "Bank transfer", transaction_id: `bank-${id}`, amount_minor: 3 * 4900 };
    await execute(recordPayment, { id, version: 1, transaction: await newest(id, "charge"), ...paid }, ctx, stores);
    await execute(changeQuantity, { id, version: 2, quantity: 1, reason }, ctx, stores);
    await execute(addCredit, { id, version: 3, amount_minor: 1200, reason }, ctx, stores);
    const { credits } = await ask(subscriptionDetail, { id }, ctx, stores);
    expect(credits.map(({ goodwill }) => goodwill)).toEqual([true, false]);
  });

  it("sums what a person paid and has in credit, per currency", async () => {
    const { id, user_id } = await busy();
    await execute(addCredit, { id, version: 5, amount_minor: 500, reason }, ctx, stores);
    const found = await ask(subscriptionsOfUser, { user_id }, ctx, stores);
    expect(found).toMatchObject({
      data: [{ id, plan: { name: "Business" } }],
      total: 1,
      lifetime: [{ currency: "USD", minor: 3000 }],
      credits: [{ currency: "USD", minor: 500 }],
    });
  });

  it("does not exist for an unknown id", async () => {
    const id = "00000000-0000-7000-8000-000000000000";
    expect(await outcomeOf(ask(subscriptionDetail, { id }, ctx, stores))).toBe("not_found");
    expect(await outcomeOf(ask(subscriptionLedger, { id }, ctx, stores))).toBe("not_found");
  });
});

describe("the ledger of a subscription", () => {
  it("shows what was due after each transaction, the same over pages in both directions", async () => {
    const { id } = await busy();
    const all = await ask(subscriptionLedger, { id }, ctx, stores);
    expect(all.data.map(({ kind, balance_minor }) => [kind, balance_minor])).toEqual([
      ["credit_use", 9500],
      ["charge", 10_700],
      ["credit", 900],
      ["refund", 900],
      ["payment", 900],
      ["charge", 4900],
    ]);
    expect(all).toMatchObject({ page: { total: 6, next: null, previous: null }, currency: "USD", differences: [] });
    const first = await ask(subscriptionLedger, { id, limit: 4 }, ctx, stores);
    const second = await ask(subscriptionLedger, { id, limit: 4, after: first.page.next ?? "" }, ctx, stores);
    expect([...first.data, ...second.data]).toEqual(all.data);
    const back = await ask(subscriptionLedger, { id, limit: 4, before: second.page.previous ?? "" }, ctx, stores);
    expect(back.data).toEqual(first.data);
  });

  it("refuses a page of another ledger", async () => {
    const [one, other] = [await busy(), await busy()];
    const { page } = await ask(subscriptionLedger, { id: one.id, limit: 1 }, ctx, stores);
    const input = { id: other.id, limit: 1, after: page.next ?? "" };
    expect(await outcomeOf(ask(subscriptionLedger, input, ctx, stores))).toBe("invalid");
  });

  it("names what does not add up", async () => {
    const { id, user_id } = await busy();
    const sql = await database();
    await sql`update app.subscriptions set balance_due = balance_due + 1 where id = ${id}`;
    await sql`update app.credit_balances set balance = 2 where user_id = ${user_id}`;
    const { differences } = await ask(subscriptionLedger, { id }, ctx, stores);
    expect(differences).toEqual([
      { what: "balance_due", by: 100 },
      { what: "credit", by: 200 },
    ]);
  });

  it("leaves as lines that add up to nothing, oldest first", async () => {
    const { id } = await busy();
    const { data, next } = await ask(exportLedger, { id }, ctx, stores);
    expect(next).toBeNull();
    expect(data.reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
    expect(data[0]).toMatchObject({ kind: "charge", account: "receivable", minor: 4900, balance_minor: 4900 });
    expect(data.at(-1)).toMatchObject({ kind: "credit_use", balance_minor: 9500 });
  });
});
