// What is planned and what is paused: how plans move with the period, what they may not be, and what is said of them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { undo } from "@/lib/core/undo";
import { ago, booked, soldPlan, subscribed, wrongBooks } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { applyChange } from "./billing/commands";
import { cancelSubscription } from "./cancel/commands";
import { changePlan, changeQuantity } from "./change/commands";
import { dayText } from "./client";
import { compSubscription, createSubscription, extendTrial } from "./commands";
import { pauseCollection, pauseService, resumeSubscription } from "./pause/commands";
import { getSubscription } from "./queries";

const DAY_MS = 86_400_000;
const reason = "Agreed by phone";

let stores: Stores;
let ctx: Context;
let team: string;
let yearly: string;
let business: string;
let trial: string;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
  [team = "", yearly = ""] = (await soldPlan({ minor: 4900 }, { minor: 49_000, period: "year" })).prices;
  [business = ""] = (await soldPlan({ minor: 8000 })).prices;
  [trial = ""] = (await soldPlan({ minor: 1900, trial_days: 14 })).prices;
});

afterAll(async () => expect(await wrongBooks()).toEqual([]));

const read = (id: string) => ask(getSubscription, { id }, ctx, stores);
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const later = (instant: string | null, ms: number) => new Date(Date.parse(instant ?? "") + ms).toISOString();

/** As if the service had been paused so many days earlier. */
async function pausedFor(id: string, days: number): Promise<void> {
  const sql = await database();
  await sql`update app.subscriptions set paused_at = paused_at - make_interval(days => ${days}) where id = ${id}`;
}

describe("what is planned for the end of the period", () => {
  it("moves with it when the service was paused", async () => {
    const { id } = await subscribed(team, ctx, stores);
    await execute(changePlan, { id, version: 1, price_id: business, when: "period_end", reason }, ctx, stores);
    const other = await subscribed(team, ctx, stores);
    await execute(cancelSubscription, { id: other.id, version: 1, when: "period_end", reason }, ctx, stores);
    for (const paused of [id, other.id]) {
      await execute(pauseService, { id: paused, version: 2, reason }, ctx, stores);
      await pausedFor(paused, 10);
      const was = await read(paused);
      await execute(resumeSubscription, { id: paused, version: 3 }, ctx, stores);
      const now = await read(paused);
      const pausedMs = now.paused_seconds * 1000;
      expect(Date.parse(now.updated_at) - Date.parse(was.paused_at ?? "") - pausedMs).toBeLessThan(1000);
      expect(now.period_end).toBe(later(was.period_end, pausedMs));
      expect([now.next_price_at, now.cancel_at].filter((at) => at !== null)).toEqual([now.period_end]);
    }
  });

  it("moves with the end of a trial", async () => {
    const { id } = await subscribed(trial, ctx, stores);
    await execute(cancelSubscription, { id, version: 1, when: "period_end", reason }, ctx, stores);
    await execute(extendTrial, { id, version: 2, days: 9, reason }, ctx, stores);
    const now = await read(id);
    expect([now.cancel_at, now.period_end, now.anchor]).toEqual([now.trial_end, now.trial_end, now.trial_end]);
  });

  it("is said in the state, with the next charge as it will be", async () => {
    const { id } = await subscribed(team, ctx, stores);
    const { period_end } = await read(id);
    const change = { id, version: 1, price_id: business, quantity: 2, when: "period_end", reason } as const;
    const { money } = await preview(changePlan, change, ctx, stores);
    expect(money).toMatchObject([
      {
        lines: [],
        due_minor: 0,
        state_before: "Active",
        state: `Active, changes ${dayText(period_end)}`,
        next_before: { minor: 4900, at: period_end },
        next: { minor: 16_000, at: period_end },
        monthly_minor: 4900,
      },
    ]);
    const end = await preview(cancelSubscription, { id, version: 1, when: "period_end", reason }, ctx, stores);
    expect(end).toMatchObject({ undo: true, money: [{ next: null, state: `Active, cancels ${dayText(period_end)}` }] });
    const now = await preview(changePlan, { id, version: 1, price_id: business, reason }, ctx, stores);
    expect(now.undo).toBe(false);
  });
});

describe("the next charge", () => {
  it("is later by the pause, unknown without its end, and none while charges are taken back", async () => {
    const { id } = await subscribed(team, ctx, stores);
    const { period_end } = await read(id);
    const nextOf = async (shown: ReturnType<typeof preview>) => (await shown).money[0]?.next;
    const target = { id, version: 1, reason };
    expect(await nextOf(preview(pauseService, target, ctx, stores))).toBeNull();
    const until = await nextOf(preview(pauseService, { ...target, resume_at: inDays(7) }, ctx, stores));
    expect(Math.abs(Date.parse(until?.at ?? "") - Date.parse(period_end) - 7 * DAY_MS)).toBeLessThan(10_000);
    const so = (behavior: "keep" | "void", resume_at?: string) =>
      nextOf(preview(pauseCollection, { ...target, behavior, resume_at }, ctx, stores));
    expect(await so("keep")).toEqual({ minor: 4900, at: period_end });
    expect(await so("void")).toBeNull();
    expect(await so("void", inDays(3))).toEqual({ minor: 4900, at: period_end });
    expect(await so("void", inDays(100))).toBeNull();
    expect(await nextOf(preview(compSubscription, { ...target, comped: true }, ctx, stores))).toBeNull();
  });

  it("is that of a planned period of another length, less what is not used by then", async () => {
    const { id } = await subscribed(team, ctx, stores);
    const { period_start, period_end } = await read(id);
    const at = inDays(5);
    const change = { id, version: 1, price_id: yearly, when: "date", at, reason } as const;
    const [money] = (await preview(changePlan, change, ctx, stores)).money;
    const whole = Date.parse(period_end) - Date.parse(period_start);
    const unused = Math.round((4900 * (Date.parse(period_end) - Date.parse(at))) / whole);
    expect(money?.next?.at).toBe(at);
    expect(Math.abs((money?.next?.minor ?? 0) - (49_000 - unused))).toBeLessThanOrEqual(1);
    await execute(changePlan, change, ctx, stores);
    await ago(id, 5);
    const sql = await database();
    await sql`update app.subscriptions set next_price_at = now() where id = ${id}`;
    await execute(applyChange, { id, version: 2 }, ctx, stores);
    expect((await read(id)).balance_due_minor).toBeGreaterThan(49_000);
    const paid = (await booked(id)).slice(1).map(({ kind, amount }) => [kind, Math.round(Number(amount))]);
    expect(paid).toEqual([
      ["credit", Math.round(unused / 100)],
      ["credit_use", Math.round(unused / 100)],
      ["charge", 490],
    ]);
  });
});

describe("the way back", () => {
  it.each([
    ["a cancelation to come", (id: string) => execute(cancelSubscription, to(id, { when: "period_end" }), ctx, stores)],
    ["a pause", (id: string) => execute(pauseService, to(id, {}), ctx, stores)],
    ["a pause of collection", (id: string) => execute(pauseCollection, to(id, { behavior: "keep" }), ctx, stores)],
    ["free of charge", (id: string) => execute(compSubscription, to(id, { comped: true }), ctx, stores)],
    [
      "a quantity to come",
      (id: string) => execute(changeQuantity, to(id, { quantity: 9, when: "date", at }), ctx, stores),
    ],
  ])("of %s, without money", async (_name, act) => {
    const { id } = await subscribed(team, ctx, stores);
    const was = await read(id);
    const { undo: way } = await act(id);
    await undo(way ?? "", ctx, stores);
    const now = await read(id);
    const same = ["status", "comped", "cancel_at", "paused_at", "collection_paused_at", "next_price_at"] as const;
    for (const field of [...same, "next_quantity", "monthly_minor", "balance_due_minor"] as const) {
      expect([field, now[field]]).toEqual([field, was[field]]);
    }
    expect(await booked(id)).toHaveLength(1);
    expect(await eventsOf(id)).toHaveLength(3);
  });

  const at = inDays(5);
  const to = <T extends object>(id: string, more: T) => ({ id, version: 1, reason, ...more });
});

describe("is refused and changes nothing", () => {
  const nobody = { version: 1, reason };

  it("a planned change that could not be carried out when its day has come", async () => {
    const { id, user_id } = await subscribed(team, ctx, stores);
    const planned = { id, ...nobody, price_id: business, when: "period_end" } as const;
    const second = { user_id, price_id: business, reason };
    const { id: other } = await execute(createSubscription, second, ctx, stores);
    expect(await outcomeOf(execute(changePlan, planned, ctx, stores))).toBe("conflict");
    await execute(cancelSubscription, { id: other, ...nobody }, ctx, stores);
    expect(await outcomeOf(execute(changePlan, planned, ctx, stores))).toBe("ok");
    expect(await outcomeOf(execute(createSubscription, second, ctx, stores))).toBe("conflict");
    const [dear = ""] = (await soldPlan({ minor: 9_999_999_999 })).prices;
    const made = await subscribed(dear, ctx, stores);
    const many = { id: made.id, ...nobody, quantity: 2, when: "period_end" } as const;
    expect(await outcomeOf(execute(changeQuantity, many, ctx, stores))).toBe("invalid");
    const { id: someone } = await person();
    const create = { user_id: someone, price_id: dear, quantity: 10_000, reason };
    expect(await outcomeOf(execute(createSubscription, create, ctx, stores))).toBe("invalid");
  });

  it("a new period for somebody who is about to leave, not a change inside the period", async () => {
    const { id } = await subscribed(team, ctx, stores);
    await execute(cancelSubscription, { id, ...nobody, when: "period_end" }, ctx, stores);
    const target = { id, version: 2, reason };
    expect(await outcomeOf(execute(changePlan, { ...target, price_id: yearly }, ctx, stores))).toBe("conflict");
    const after = { ...target, price_id: business, when: "date", at: inDays(60) } as const;
    expect(await outcomeOf(execute(changePlan, after, ctx, stores))).toBe("conflict");
    expect(await read(id)).toMatchObject({ version: 2, monthly_minor: 4900 });
    expect(await outcomeOf(execute(changePlan, { ...target, price_id: business }, ctx, stores))).toBe("ok");
  });

  it("a whole period of another length that a cancelation would cut short, whichever is planned first", async () => {
    const change = { ...nobody, price_id: yearly, when: "date", at: inDays(5) } as const;
    const leave = (id: string, at: string) => ({ id, version: 2, reason, when: "date", at }) as const;
    const { id } = await subscribed(team, ctx, stores);
    await execute(changePlan, { id, ...change }, ctx, stores);
    const failure = await failureOf(preview(cancelSubscription, leave(id, inDays(60)), ctx, stores));
    expect([failure.code, failure.message]).toEqual(["conflict", expect.stringContaining("Take the change back")]);
    const end = { id, version: 2, when: "period_end", reason } as const;
    expect(await outcomeOf(execute(cancelSubscription, end, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(cancelSubscription, leave(id, inDays(400)), ctx, stores))).toBe("ok");
    const { id: other } = await subscribed(team, ctx, stores);
    await execute(cancelSubscription, { ...leave(other, inDays(60)), version: 1 }, ctx, stores);
    const late = { id: other, ...change, version: 2 };
    expect(await outcomeOf(execute(changePlan, late, ctx, stores))).toBe("conflict");
    expect(await outcomeOf(execute(changePlan, { ...late, price_id: business }, ctx, stores))).toBe("ok");
  });

  it("what is not sold, or to somebody who is not there", async () => {
    const sql = await database();
    const [retired, draft] = [await soldPlan({ minor: 100 }), await soldPlan({ minor: 100 })];
    await sql`update app.prices set active = false where plan_id = ${retired.plan}`;
    await sql`update app.plans set status = 'retired' where id = ${draft.plan}`;
    const { id: user_id } = await person();
    for (const price_id of [...retired.prices, ...draft.prices]) {
      expect(await outcomeOf(execute(createSubscription, { user_id, price_id, reason }, ctx, stores))).toBe("invalid");
    }
    const suspended = await person({ status: "suspended" });
    const gone = await person();
    await sql`update app.users set deleted_at = now() where id = ${gone.id}`;
    const buy = (who: string) =>
      outcomeOf(execute(createSubscription, { user_id: who, price_id: team, reason }, ctx, stores));
    expect([await buy(suspended.id), await buy(gone.id)]).toEqual(["conflict", "invalid"]);
    const [found] = await sql<{ count: number }[]>`
      select count(*)::int as count from app.subscriptions where user_id in (${user_id}, ${suspended.id}, ${gone.id})`;
    expect(found?.count).toBe(0);
  });

  it("a pause twice, a date that is no use, a trial without end", async () => {
    const { id } = await subscribed(team, ctx, stores);
    const pause = (resume_at?: string) => outcomeOf(execute(pauseService, { id, ...nobody, resume_at }, ctx, stores));
    expect([await pause(inDays(-1)), await pause(inDays(900))]).toEqual(["invalid", "invalid"]);
    await execute(pauseService, { id, ...nobody }, ctx, stores);
    expect(await outcomeOf(execute(pauseService, { id, version: 2, reason }, ctx, stores))).toBe("conflict");
    const { id: tried } = await subscribed(trial, ctx, stores, { trial_days: 300 });
    const extend = (days: number) => outcomeOf(execute(extendTrial, { id: tried, ...nobody, days }, ctx, stores));
    expect([await extend(66), await extend(91), await extend(0)]).toEqual(["invalid", "invalid", "invalid"]);
    await ago(tried, 1);
    expect(await extend(65)).toBe("ok");
  });
});
