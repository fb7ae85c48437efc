import { beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/core/context";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { cancelSubscription } from "@/lib/subscriptions/cancel/commands";
import { changeQuantity } from "@/lib/subscriptions/change/commands";
import { settleTransaction } from "@/lib/subscriptions/collection/commands";
import { GIVEN_UP } from "@/lib/subscriptions/collection/schema";
import { addCredit, recordPayment } from "@/lib/subscriptions/money/commands";
import { booked, newest, soldPlan, subscribed } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { createCollector } from "@/lib/worker/tasks/collect";
import { rollUpRevenue } from "@/lib/worker/tasks/revenue";
import { rebuildRevenue } from "./commands";
import { figuresNow } from "./figures";
import { checkRevenue, revenueFigures, revenueMonths } from "./queries";

const reason = "Agreed";

let stores: Stores;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  const [dollars = "", yen = ""] = (await soldPlan({ minor: 3000 }, { minor: 5000, currency: "JPY" })).prices;
  const [a, b, c] = await Promise.all([dollars, dollars, yen].map((price) => subscribed(price, ctx, stores)));
  if (!a || !b || !c) throw new Error("Nobody subscribed.");
  await execute(changeQuantity, { id: a.id, version: 1, quantity: 3, reason }, ctx, stores);
  const charge = await newest(b.id, "charge");
  const how = { payment_method: "Bank transfer", transaction_id: `r-${b.id}` };
  await execute(recordPayment, { id: b.id, version: 1, transaction: charge, amount_minor: 1000, ...how }, ctx, stores);
  await execute(addCredit, { id: a.id, version: 2, amount_minor: 700, reason }, ctx, stores);
  await execute(cancelSubscription, { id: b.id, version: 2, reason }, ctx, stores);
});

describe("revenue", () => {
  it("is rolled up per currency, and never added up across", async () => {
    await rollUpRevenue(stores);
    const { data } = await ask(revenueMonths, {}, ctx, stores);
    const last = data.filter(({ month }) => month === data.at(-1)?.month);
    expect(new Set(data.map(({ month }) => month)).size).toBe(13);
    expect(last.find(({ currency }) => currency === "USD")).toMatchObject({
      charged_minor: 12_000,
      collected_minor: 1000,
      credited_minor: 700,
      new_minor: 6000,
      expansion_minor: 6000,
      churn_minor: -3000,
      mrr_minor: 9000,
    });
    expect(last.find(({ currency }) => currency === "JPY")).toMatchObject({ charged_minor: 5000, mrr_minor: 5000 });
  });

  it("says what is so now", async () => {
    const { data } = await ask(revenueFigures, {}, ctx, stores);
    expect(data).toMatchObject([
      { currency: "JPY", mrr_minor: 5000, active: 1 },
      { currency: "USD", mrr_minor: 9000, active: 1, new_minor: 6000, churn_minor: -3000 },
    ]);
  });

  it("counts as failed what a processor refused, not what we gave up", async () => {
    const [price = ""] = (await soldPlan({ minor: 2000, currency: "EUR" })).prices;
    const by = (payment_method: string) => subscribed(price, ctx, stores, { provider: "test", payment_method });
    const [declined, ended, silent] = [await by("Test 0002"), await by("Test 4242"), await by("Test 4242")];
    await execute(cancelSubscription, { id: ended.id, version: 1, reason }, ctx, stores);
    const transaction = await newest(silent.id, "payment");
    const gone = { id: silent.id, version: 1, transaction, succeeded: false, failure: GIVEN_UP.silence };
    await execute(settleTransaction, gone, systemContext(settleTransaction.action), stores);
    await createCollector(stores).step(new AbortController().signal);
    expect((await booked(declined.id)).at(-1)).toMatchObject({ kind: "payment", status: "failed" });
    // What the query answered before is kept for a while.
    const { data } = await stores.postgres.reader.read((db) => figuresNow(db, new Date()));
    expect(data.find(({ currency }) => currency === "EUR")).toMatchObject({ past_due: 2, failed_payments: 1 });
  });

  it("is checked against its sources: a difference is named, and a rebuild ends it", async () => {
    const sql = await database();
    const month = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 2, 1));
    const before = await ask(checkRevenue, {}, ctx, stores);
    expect(before.differences).toEqual([]);
    expect(before.checked).toBeGreaterThan(100);
    await sql`update app.revenue_months set charged = charged + 1 where month = ${month} and currency = 'USD'`;
    const name = `${month.toISOString().slice(0, 10)} USD charged`;
    const wrong = await ask(checkRevenue, {}, ctx, stores);
    expect(wrong.differences).toEqual([{ what: name, rolled_up: "1.00", source: "0.00" }]);
    await execute(rebuildRevenue, { months: 4 }, ctx, stores);
    expect((await ask(checkRevenue, {}, ctx, stores)).differences).toEqual([]);
  });

  it("finds a balance that is not what the ledger says", async () => {
    const sql = await database();
    await sql`update app.subscriptions set balance_due = balance_due + 5 where currency = 'JPY'`;
    const { differences } = await ask(checkRevenue, { months: 1 }, ctx, stores);
    expect(differences).toEqual([{ what: "balance due JPY", rolled_up: "5005", source: "5000" }]);
  });
});
