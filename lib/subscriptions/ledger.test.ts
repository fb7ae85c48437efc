import { beforeAll, expect, it } from "vitest";
import type { Context, Money } from "@/lib/core/operation";
import { preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { soldPlan } from "@/lib/testing/billing";
import { context, person, staff } from "@/lib/testing/factories";
import { testStores } from "@/lib/testing/stores";
import { createSubscription } from "./commands";
import type { Provider } from "./schema";

let stores: Stores;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
});

async function begun(provider: Provider) {
  const [price_id = ""] = (await soldPlan({ minor: 2900 })).prices;
  const input = { user_id: (await person()).id, price_id, provider, payment_method: "Visa •• 4242", reason: "Agreed" };
  const { money, touches } = await preview(createSubscription, input, ctx, stores);
  const booked = touches.find(({ what }) => what === "ledger entries")?.count;
  return { entries: money[0]?.entries ?? [], booked };
}

const linesOf = (entries: Money["entries"], pending: boolean) =>
  entries
    .filter((entry) => (entry.pending ?? false) === pending)
    .map(({ transaction, account, minor }) => `${transaction} ${account} ${minor}`);

it("a preview says what is booked at once, and what when the processor confirms", async () => {
  const { entries, booked } = await begun("test");
  expect(linesOf(entries, false)).toEqual(["charge receivable 2900", "charge revenue -2900"]);
  expect(linesOf(entries, true)).toEqual(["payment processor 2900", "payment receivable -2900"]);
  expect(booked).toBe(2);
});

it("without a processor nothing is left to confirm", async () => {
  const { entries, booked } = await begun("manual");
  expect([linesOf(entries, true), entries.length, booked]).toEqual([[], 2, 2]);
});
