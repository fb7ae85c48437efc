// Payments that were booked before the ledger said where their money came from.
import { expect, it } from "vitest";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import { requireEnv } from "@/lib/env";
import { settleTransaction } from "@/lib/subscriptions/collection/commands";
import { recordPayment, refundPayment } from "@/lib/subscriptions/money/commands";
import { newest, soldPlan, subscribed } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { migratePostgres, rollbackPostgres } from "./stores/postgres";

async function origins() {
  const sql = await database();
  const rows = await sql<{ what: string }[]>`
    select concat_ws(' ', kind, status, provider) as what from app.subscription_transactions order by id`;
  return rows.map(({ what }) => what);
}

it("are told apart by the migration as they are by the trigger", async () => {
  const stores = await testStores();
  const ctx = context(await staff("superadmin"));
  const [price = ""] = (await soldPlan({ minor: 3000 })).prices;
  const { id } = await subscribed(price, ctx, stores, { provider: "test", payment_method: "Test 4242" });
  const settle = async (version: number, how: { succeeded: boolean; transaction_id?: string; failure?: string }) => {
    const input = { id, version, transaction: await newest(id, "payment"), ...how };
    await execute(settleTransaction, input, systemContext(settleTransaction.action), stores);
  };
  await settle(1, { succeeded: false, failure: "No money" });
  const how = { payment_method: "Bank transfer", transaction_id: "TRF-1", transaction: await newest(id, "charge") };
  await execute(recordPayment, { id, version: 2, amount_minor: 3000, ...how }, ctx, stores);
  await execute(
    refundPayment,
    { id, version: 3, transaction: await newest(id, "payment"), amount_minor: 1000, reason: "Agreed" },
    ctx,
    stores,
  );
  const other = await subscribed(price, ctx, stores, { provider: "test", payment_method: "Test 4242" });
  const waiting = { id: other.id, version: 1, transaction: await newest(other.id, "payment") };
  const paid = { ...waiting, succeeded: true, transaction_id: "pay_1" };
  await execute(settleTransaction, paid, systemContext(settleTransaction.action), stores);
  const before = await origins();
  expect(before).toEqual([
    ...["charge succeeded", "payment failed test", "payment succeeded manual", "refund succeeded manual"],
    ...["charge succeeded", "payment succeeded test"],
  ]);

  const url = requireEnv("MIGRATION_DATABASE_URL");
  let taken: string[] = [];
  while (!taken.includes("0019_payment_origin")) taken = [...taken, ...(await rollbackPostgres(url, 1))];
  await migratePostgres(url);
  // An earlier version asked the processor for every refund.
  expect(await origins()).toEqual(
    before.map((what) => what.replace("refund succeeded manual", "refund succeeded test")),
  );
});
