// What is asked and given back when a plan changes or ends, worked out a second time here, to the cent.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command, Context, In } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { ago, booked, newest, payByHand, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { context, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { renewSubscription } from "./billing/commands";
import { cancelSubscription } from "./cancel/commands";
import { changePlan } from "./change/commands";
import { compSubscription } from "./commands";
import { refundPayment, writeOff } from "./money/commands";
import { pauseCollection, resumeSubscription } from "./pause/commands";
import { getSubscription } from "./queries";

let stores: Stores;
let ctx: Context;
let team: string;
let yearly: string;
let business: string;
let small: string;
let yen: string;
let dearYen: string;

const reason = "Agreed by phone";

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [team = "", yearly = "", yen = ""] = (
    await soldPlan({ minor: 4999 }, { minor: 49_990, period: "year" }, { minor: 4999, currency: "JPY" })
  ).prices;
  [business = "", dearYen = ""] = (await soldPlan({ minor: 12_345 }, { minor: 12_345, currency: "JPY" })).prices;
  [small = ""] = (await soldPlan({ minor: 1000 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
type Seen = Awaited<ReturnType<typeof read>>;

/** Shows it and carries it out as shown; answers the money, which both have in common. */
async function carryOut<C extends Command>(command: C, input: In<C>) {
  const shown = await preview(command, input, ctx, stores);
  await execute(command, input, ctx, stores, { plan: shown.plan });
  const [money] = shown.money;
  if (!money) throw new Error("No money was shown.");
  expect(money.lines.reduce((sum, { minor }) => sum + minor, 0)).toBe(money.due_minor);
  expect(money.entries.reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
  return { ...money, amounts: money.lines.map(({ minor }) => minor) };
}

/** Of what a whole period costs, the part after the moment of the change, by the second. */
function rest(minor: number, { period_start, period_end }: Seen, { updated_at }: Seen): number {
  const seconds = (from: string) => Math.floor((Date.parse(period_end) - Date.parse(from)) / 1000);
  return Math.round((minor * seconds(updated_at)) / seconds(period_start));
}

type Target = { id: string; version: number };

async function pay({ id }: Target, amount_minor: number): Promise<Target> {
  return { id, version: await payByHand(id, amount_minor, ctx, stores) };
}

const kinds = async (id: string) => (await booked(id)).map(({ kind, amount }) => `${kind} ${amount}`);

describe("a change inside a period", () => {
  it.each([
    ["with cents", () => [team, business], 100],
    ["without", () => [yen, dearYen], 1],
  ])("charges the difference of both rests, in a currency %s", async (_name, prices, unit) => {
    const [from = "", to = ""] = prices();
    const { id } = await subscribed(from, ctx, stores, { quantity: 7 });
    await ago(id, 11);
    const was = await read(id);
    const money = await carryOut(changePlan, { id, version: 1, price_id: to, reason });
    const now = await read(id);
    const [asked, unused] = [rest(7 * 12_345, was, now), rest(7 * 4999, was, now)];
    expect(money.amounts).toEqual([asked, -unused]);
    expect((await kinds(id))[1]).toBe(`charge ${((asked - unused) / unit).toFixed(2)}`);
    expect(now.balance_due_minor).toBe(7 * 4999 + asked - unused);
  });

  it("there and back at once costs nothing in the end", async () => {
    const { id } = await subscribed(team, ctx, stores);
    await ago(id, 3);
    const up = await carryOut(changePlan, { id, version: 1, price_id: business, reason });
    const down = await carryOut(changePlan, { id, version: 2, price_id: team, reason });
    expect(up.due_minor).toBeGreaterThan(0);
    // Nobody had paid it: it is taken off again.
    expect(Math.abs(down.due_minor)).toBeLessThanOrEqual(1);
    expect(Math.abs((await read(id)).balance_due_minor - 4999)).toBeLessThanOrEqual(1);
  });
});

describe("a change to a period of another length", () => {
  it("charges the new period as a whole, paid first from the rest of the old; and so the other way", async () => {
    const { id } = await subscribed(team, ctx, stores);
    await pay({ id, version: 1 }, 4999);
    await ago(id, 10);
    const was = await read(id);
    const toYear = await carryOut(changePlan, { id, version: 2, price_id: yearly, reason });
    const unused = rest(4999, was, await read(id));
    expect(toYear.amounts).toEqual([49_990, -unused]);
    const text = (unused / 100).toFixed(2);
    expect((await kinds(id)).slice(2)).toEqual([`credit ${text}`, "charge 499.90", `credit_use ${text}`]);
    await pay({ id, version: 3 }, 49_990 - unused);

    await ago(id, 100);
    const year = await read(id);
    const toMonth = await carryOut(changePlan, { id, version: 4, price_id: team, reason });
    const left = rest(49_990, year, await read(id));
    expect(toMonth.amounts).toEqual([4999, -left]);
    await ago(id, 5);
    const month = await read(id);
    const down = await carryOut(changePlan, { id, version: 5, price_id: small, reason });
    const now = await read(id);
    expect(down.amounts).toEqual([rest(1000, month, now), -rest(4999, month, now)]);
  });
});

describe("what nobody had to pay is not given back", () => {
  const pausedSo = (behavior: "void" | "uncollectible") => async (id: string) => {
    await execute(pauseCollection, { id, version: 1, behavior, reason }, ctx, stores);
    await ago(id, 35);
    await execute(renewSubscription, { id, version: 2 }, ctx, stores);
    await execute(resumeSubscription, { id, version: 3 }, ctx, stores);
  };
  const free: [name: string, before: (id: string) => Promise<unknown>][] = [
    [
      "free of charge",
      async (id) => {
        await execute(compSubscription, { id, version: 1, comped: true, reason }, ctx, stores);
        await ago(id, 35);
        await execute(renewSubscription, { id, version: 2 }, ctx, stores);
        await execute(compSubscription, { id, version: 3, comped: false, reason }, ctx, stores);
      },
    ],
    ["taken back", pausedSo("void")],
    ["written off at once", pausedSo("uncollectible")],
    [
      "written off by hand",
      async (id) => {
        const transaction = await newest(id, "charge");
        await execute(writeOff, { id, version: 1, transaction, reason }, ctx, stores);
      },
    ],
    ["refunded", async (id) => refundAll(await pay({ id, version: 1 }, 4999), 4999)],
  ];

  async function refundAll(target: Target, amount_minor: number) {
    const transaction = await newest(target.id, "payment");
    return execute(refundPayment, { ...target, transaction, amount_minor, reason }, ctx, stores);
  }

  it.each(free)("%s", async (_name, before) => {
    const { id } = await subscribed(team, ctx, stores);
    await before(id);
    const { version } = await read(id);
    const money = await carryOut(changePlan, { id, version, price_id: small, reason });
    expect(money.due_minor).toBeGreaterThanOrEqual(0);
    expect((await booked(id)).filter(({ kind }) => kind === "credit")).toEqual([]);
  });

  it("a refund at the end is of the running period, and at most what was kept of it", async () => {
    const { id } = await subscribed(team, ctx, stores);
    await pay({ id, version: 1 }, 4999);
    await refundAll({ id, version: 2 }, 4000);
    const money = await carryOut(cancelSubscription, { id, version: 3, refund: "prorated", reason });
    expect(money.due_minor).toBe(-999);

    const { id: late } = await subscribed(team, ctx, stores);
    await pay({ id: late, version: 1 }, 4999);
    await execute(pauseCollection, { id: late, version: 2, behavior: "void", reason }, ctx, stores);
    await ago(late, 35);
    await execute(renewSubscription, { id: late, version: 3 }, ctx, stores);
    const input = { id: late, version: 4, refund: "prorated", reason } as const;
    expect(await outcomeOf(execute(cancelSubscription, input, ctx, stores))).toBe("conflict");
    const amount = { ...input, refund: "amount", refund_minor: 4999 } as const;
    expect((await carryOut(cancelSubscription, amount)).due_minor).toBe(-4999);
  });

  it("a refund above the limit waits for a second person, one of an amount is held to what was paid", async () => {
    const { id } = await subscribed(business, ctx, stores);
    await pay({ id, version: 1 }, 12_345);
    const input = { id, version: 2, reason };
    const full = await preview(cancelSubscription, { ...input, refund: "full" }, ctx, stores);
    expect(full).toMatchObject({ approval: "More than $100.00 is given away.", money: [{ due_minor: -12_345 }] });
    expect(await outcomeOf(execute(cancelSubscription, { ...input, refund: "full" }, ctx, stores))).toBe(
      "approval_required",
    );
    const much = { ...input, refund: "amount", refund_minor: 12_346 } as const;
    expect(await outcomeOf(execute(cancelSubscription, much, ctx, stores))).toBe("invalid");
    expect(await read(id)).toMatchObject({ status: "active", version: 2 });
    const money = await carryOut(cancelSubscription, { ...input, refund: "amount", refund_minor: 10_000 });
    expect(money).toMatchObject({ due_minor: -10_000, next: null, monthly_minor: 0, state: "Cancelled" });
    expect((await booked(id)).at(-1)?.lines).toEqual(["refunds 100.00", "processor -100.00"]);
  });
});
