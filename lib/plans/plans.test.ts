import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { database } from "@/lib/testing/database";
import { soldPlan, subscribed } from "@/lib/testing/billing";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { activatePlan, addPrice, createPlan, editPlan, retirePlan, retirePrice } from "./commands";
import { getPlan, listPlans, planCounts } from "./queries";

let stores: Stores;
let ctx: Context;
let count = 0;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff());
});

async function made() {
  count += 1;
  const { id } = await execute(createPlan, { code: `plan-${count}`, name: "Team" }, ctx, stores);
  return id;
}

const read = (id: string) => ask(getPlan, { id }, ctx, stores);
const MONTHLY = { currency: "USD", amount_minor: 4900, period: "month" } as const;

describe("a plan", () => {
  it("begins as a draft, is sold, retired and sold again, with an event each", async () => {
    const id = await made();
    expect(await read(id)).toMatchObject({ status: "draft", version: 1, prices: [] });
    await execute(activatePlan, { id, version: 1 }, ctx, stores);
    const retired = await execute(retirePlan, { id, version: 2, reason: "Not sold any more" }, ctx, stores);
    expect(await read(id)).toMatchObject({ status: "retired", version: 3 });
    await undo(retired.undo ?? "", ctx, stores);
    expect(await read(id)).toMatchObject({ status: "active", version: 4 });
    const actions = (await eventsOf(id)).map(({ action }) => action);
    expect(actions).toEqual(["plan.create", "plan.activate", "plan.retire", "plan.activate"]);
  });

  it("sold again is taken off sale by undo; one that was a draft has no way back to that", async () => {
    const id = await made();
    expect(await preview(retirePlan, { id, version: 1 }, ctx, stores)).toMatchObject({ undo: false });
    const sold = await execute(activatePlan, { id, version: 1 }, ctx, stores);
    expect(sold.undo).toBeNull();
    await execute(retirePlan, { id, version: 2 }, ctx, stores);
    expect(await preview(activatePlan, { id, version: 3 }, ctx, stores)).toMatchObject({ undo: true });
    const again = await execute(activatePlan, { id, version: 3 }, ctx, stores);
    const back = await undo(again.undo ?? "", ctx, stores);
    expect(await read(id)).toMatchObject({ status: "retired", version: 5 });
    await undo(back.undo ?? "", ctx, stores);
    expect(await read(id)).toMatchObject({ status: "active", version: 6 });
  });

  it("is edited, also with a list as text, and the edit taken back", async () => {
    const id = await made();
    const edits = { name: "Team Plus", features: "10 seats\n\nHelp by phone" };
    const saved = await execute(editPlan, { id, version: 1, ...edits }, ctx, stores);
    expect(await read(id)).toMatchObject({ name: "Team Plus", features: ["10 seats", "Help by phone"] });
    await undo(saved.undo ?? "", ctx, stores);
    expect(await read(id)).toMatchObject({ name: "Team", features: [], version: 3 });
    await execute(editPlan, { id, version: 3, description: "For teams", features: ["10 seats"] }, ctx, stores);
    await execute(editPlan, { id, version: 4, description: null, features: null }, ctx, stores);
    expect(await read(id)).toMatchObject({ description: "", features: [] });
  });

  it("has one price sold per currency and period: a new one supersedes it", async () => {
    const id = await made();
    await execute(addPrice, { id, version: 1, ...MONTHLY }, ctx, stores);
    await execute(addPrice, { id, version: 2, ...MONTHLY, amount_minor: 5900, trial_days: 14 }, ctx, stores);
    await execute(addPrice, { id, version: 3, ...MONTHLY, currency: "JPY", amount_minor: 1500 }, ctx, stores);
    const { prices } = await read(id);
    expect(prices.map(({ currency, amount_minor, active }) => [currency, amount_minor, active])).toEqual([
      ["JPY", 1500, true],
      ["USD", 4900, false],
      ["USD", 5900, true],
    ]);
    const price_id = prices[2]?.id ?? "";
    await execute(retirePrice, { id, version: 4, price_id }, ctx, stores);
    expect((await read(id)).prices[2]).toMatchObject({ active: false });
    expect(await outcomeOf(execute(retirePrice, { id, version: 5, price_id }, ctx, stores))).toBe("conflict");
    const told = (await eventsOf(id)).slice(1).map(({ body }) => [body.before?.["price"], body.after?.["price"]]);
    expect(told).toEqual([
      [null, "$49.00 / month"],
      ["$49.00 / month", "$59.00 / month, 14 days of trial"],
      [null, "¥1,500 / month"],
      ["$59.00 / month, 14 days of trial", null],
    ]);
  });

  it("shows beforehand what it touches, and changes nothing by that", async () => {
    const id = await made();
    const shown = await preview(addPrice, { id, version: 1, ...MONTHLY }, ctx, stores);
    expect(shown).toMatchObject({ will: 1, undo: false });
    expect(await read(id)).toMatchObject({ version: 1, prices: [] });
  });

  it("knows who is on which price, and what they bring in a month", async () => {
    const { plan, prices } = await soldPlan({ minor: 1200 }, { minor: 12_000, period: "year" });
    await subscribed(prices[0] ?? "", ctx, stores, { quantity: 3 });
    await subscribed(prices[0] ?? "", ctx, stores);
    await subscribed(prices[1] ?? "", ctx, stores);
    const { data: use } = await ask(planCounts, {}, ctx, stores);
    expect(use.filter(({ price_id }) => prices.includes(price_id))).toEqual([
      { price_id: prices[0], live: 2, monthly_minor: 4800 },
      { price_id: prices[1], live: 1, monthly_minor: 1000 },
    ]);
    const { data } = await ask(listPlans, { status: "active" }, ctx, stores);
    expect(data.every(({ status }) => status === "active")).toBe(true);
    expect(data.find(({ id }) => id === plan)?.prices).toHaveLength(2);
  });
});

describe("bad input changes nothing", () => {
  it.each([
    ["a negative amount", { amount_minor: -1 }, "invalid"],
    ["an absurd amount", { amount_minor: 1e12 }, "invalid"],
    ["half a cent", { amount_minor: 0.5 }, "invalid"],
    ["a currency of three decimals", { currency: "KWD" }, "invalid"],
    ["a period nobody knows", { period: "week" }, "invalid"],
    ["an old version", { version: 7 }, "stale"],
  ])("%s", async (_name, values, code) => {
    const id = await made();
    const sent = { id, version: 1, ...MONTHLY, ...values } as Parameters<typeof addPrice.run>[0];
    expect(await outcomeOf(execute(addPrice, sent, ctx, stores))).toBe(code);
    expect(await read(id)).toMatchObject({ version: 1, prices: [] });
  });

  it("a code that is taken, a price of a retired plan, nothing to change", async () => {
    const id = await made();
    const again = { code: `plan-${count}`, name: "Again" };
    expect(await outcomeOf(execute(createPlan, again, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(editPlan, { id, version: 1, name: "Team" }, ctx, stores))).toBe("conflict");
    await execute(retirePlan, { id, version: 1 }, ctx, stores);
    expect(await outcomeOf(execute(addPrice, { id, version: 2, ...MONTHLY }, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(retirePlan, { id, version: 2 }, ctx, stores))).toBe("conflict");
  });

  it("a price is frozen, whoever writes", async () => {
    const { prices } = await soldPlan({ minor: 1200 });
    const sql = await database();
    const past = sql`update app.prices set amount = 1 where id = ${prices[0] ?? ""}`;
    await expect(past).rejects.toMatchObject({ constraint_name: "prices_frozen" });
  });
});
