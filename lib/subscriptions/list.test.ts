import { beforeAll, describe, expect, it } from "vitest";
import type { Context, In } from "@/lib/core/operation";
import { ask } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { soldPlan } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import {
  countSubscriptions,
  exportSubscriptions,
  getSubscription,
  listSubscriptions,
  subscriptionCounts,
  totalSubscriptions,
} from "./queries";
import { SUBSCRIPTION_SORTS, type SubscriptionSort } from "./schema";

type Row = {
  id: string;
  user_id: string;
  plan_id: string;
  status: string;
  currency: string;
  monthly: number;
  due: number;
  ends: number;
  ending: boolean;
  differs: boolean;
  name: string;
  email: string;
};

const STATUSES = ["active", "trialing", "past_due", "paused", "canceled", "incomplete", "active"] as const;
const NAMES = ["Ana Núñez", "ana ortiz", "Łukasz Żak", "李 明"];
const DAY_MS = 86_400_000;
const START = Date.parse("2026-11-01T00:00:00Z");
const COUNT = 84;

let stores: Stores;
let ctx: Context;
let rows: Row[];
let plan: string;

const day = (n: number) => new Date(START + n * DAY_MS).toISOString();

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff());
  const sql = await database();
  const dear = await soldPlan({ minor: 4900 }, { minor: 5000, currency: "EUR" }, { minor: 1500, currency: "JPY" });
  const cheap = await soldPlan({ minor: 900 });
  plan = cheap.plan;
  const prices = [...dear.prices.map((id) => [dear.plan, id] as const), [cheap.plan, cheap.prices[0] ?? ""] as const];
  for (let n = 0; n < COUNT; n += 1) {
    const { id } = await person({
      display_name: NAMES[n % NAMES.length] ?? "",
      email: `buyer${n % 5}.${n}@example.com`,
    });
    const status = STATUSES[n % STATUSES.length] ?? "active";
    const [plan_id, price_id] = prices[n % prices.length] ?? ["", ""];
    await sql`
      insert into app.subscriptions (user_id, plan_id, price_id, quantity, status, anchor, period_start, period_end,
        trial_end, paused_at, paused_from, canceled_at, cancel_at, provider_status, provider_ref)
      values (${id}, ${plan_id}, ${price_id}, ${(n % 6) + 1}, ${status}, ${day(-30)}, ${day(-30)}, ${day(n % 9)},
        ${status === "trialing" ? day(n % 9) : null}, ${status === "paused" ? day(-1) : null},
        ${status === "paused" ? "active" : null}, ${status === "canceled" ? day(-1) : null},
        ${status === "active" && n % 3 === 0 ? day(40) : null}, ${n % 4 === 0 ? "active" : null}, ${`ref-${n}`})`;
  }
  rows = await sql<Row[]>`
    select s.id, s.user_id, s.plan_id, s.status, s.currency, s.monthly::float8 as monthly,
      s.balance_due::float8 as due, extract(epoch from s.period_end)::float8 * 1000 as ends,
      s.cancel_at is not null and s.status <> 'canceled' as ending,
      coalesce(s.provider_status <> s.status, false) as differs, u.sort_name as name, u.email
    from app.subscriptions s join app.users u on u.id = s.user_id`;
});

const text = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

const ORDERS: Record<SubscriptionSort, (left: Row, right: Row) => number> = {
  newest: (left, right) => text(right.id, left.id),
  oldest: (left, right) => text(left.id, right.id),
  next: (left, right) => left.ends - right.ends || text(left.id, right.id),
  "-next": (left, right) => right.ends - left.ends || text(right.id, left.id),
  monthly: (left, right) => left.monthly - right.monthly || text(left.id, right.id),
  "-monthly": (left, right) => right.monthly - left.monthly || text(right.id, left.id),
};

type Given = In<typeof listSubscriptions>;

const FILTERS: [name: string, input: () => Given, fits: (row: Row) => boolean][] = [
  ["all", () => ({}), () => true],
  ["one status", () => ({ status: "past_due" }), ({ status }) => status === "past_due"],
  ["two statuses", () => ({ status: "active,paused" }), ({ status }) => ["active", "paused"].includes(status)],
  ["a plan", () => ({ plan_id: plan }), ({ plan_id }) => plan_id === plan],
  ["a customer", () => ({ user_id: rows[3]?.user_id ?? "" }), ({ user_id }) => user_id === rows[3]?.user_id],
  ["currencies", () => ({ currency: "EUR,JPY" }), ({ currency }) => currency !== "USD"],
  ["ends from", () => ({ period_end_after: "2026-11-05" }), ({ ends }) => ends >= START + 4 * DAY_MS],
  [
    "ends between",
    () => ({ period_end_after: "2026-11-03", period_end_before: "2026-11-06" }),
    ({ ends }) => ends >= START + 2 * DAY_MS && ends < START + 5 * DAY_MS,
  ],
  [
    "trials that end soon",
    () => ({ trial_end_before: "2026-11-04" }),
    ({ status, ends }) => status === "trialing" && ends < START + 3 * DAY_MS,
  ],
  [
    "amounts of a currency",
    () => ({ currency: "USD", monthly_min_minor: 900, monthly_max_minor: 9800 }),
    ({ currency, monthly }) => currency === "USD" && monthly >= 9 && monthly <= 98,
  ],
  [
    "amounts without smaller units",
    () => ({ currency: "JPY", monthly_min_minor: 3000 }),
    ({ currency, monthly }) => currency === "JPY" && monthly >= 3000,
  ],
  ["ending", () => ({ ending: "true" }), ({ ending }) => ending],
  ["not ending", () => ({ ending: false }), ({ ending }) => !ending],
  ["differs", () => ({ differs: true }), ({ differs }) => differs],
  ["start of a name", () => ({ q: "ANA" }), ({ name }) => name.startsWith("ana")],
  ["start of an address", () => ({ q: "buyer3." }), ({ email }) => email.startsWith("buyer3.")],
  ["its id", () => ({ q: rows[5]?.id ?? "" }), ({ id }) => id === rows[5]?.id],
  ["nobody", () => ({ q: "%_\\" }), () => false],
];

async function walk(input: Given, limit: number) {
  const page = (place: object) => ask(listSubscriptions, { ...input, ...place, limit }, ctx, stores);
  let current = await page({});
  const { estimated_total: total, exact } = current.page;
  const forwards = current.data.map(({ id }) => id);
  while (current.page.next) {
    current = await page({ after: current.page.next });
    forwards.push(...current.data.map(({ id }) => id));
  }
  const backwards = current.data.map(({ id }) => id);
  while (current.page.previous) {
    current = await page({ before: current.page.previous });
    backwards.unshift(...current.data.map(({ id }) => id));
  }
  return { forwards, backwards, total, exact };
}

describe.each(FILTERS)("subscriptions: %s", (_name, input, fits) => {
  it.each(SUBSCRIPTION_SORTS)("by %s: the pages are the whole, in order, both ways", async (sort) => {
    const expected = rows
      .filter(fits)
      .sort(ORDERS[sort])
      .map(({ id }) => id);
    expect(await walk({ ...input(), sort }, 9)).toEqual({
      forwards: expected,
      backwards: expected,
      total: expected.length,
      exact: true,
    });
  });

  it("are counted, added up per currency, and leave as a file: always the same ones", async () => {
    const [filters, expected] = [input(), rows.filter(fits)];
    expect(await ask(countSubscriptions, filters, ctx, stores)).toEqual({ total: expected.length });
    const { data } = await ask(totalSubscriptions, filters, ctx, stores);
    for (const { currency, count, monthly_minor } of data) {
      const own = expected.filter((row) => row.currency === currency);
      const unit = currency === "JPY" ? 1 : 100;
      expect([count, monthly_minor]).toEqual([
        own.length,
        own.reduce((sum, { monthly }) => sum + Math.round(monthly * unit), 0),
      ]);
    }
    expect(data.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    const slice = await ask(exportSubscriptions, filters, ctx, stores);
    expect(slice.data.map(({ id }) => id)).toEqual(expected.sort(ORDERS.newest).map(({ id }) => id));
    expect(slice.next).toBeNull();
  });
});

it("is found by a processor's number", async () => {
  const { data } = await ask(listSubscriptions, { q: "ref-7" }, ctx, stores);
  expect(data.map(({ provider_ref }) => provider_ref)).toEqual(["ref-7"]);
});

it("an export goes on after a row, and one is read with the names its ids point to", async () => {
  const after = rows.map(({ id }) => id).sort(text)[10] ?? "";
  const { data } = await ask(exportSubscriptions, { after }, ctx, stores);
  expect(data).toHaveLength(10);
  const one = await ask(getSubscription, { id: after }, ctx, stores);
  const row = rows.find(({ id }) => id === after);
  expect(one).toMatchObject({ customer: { email: row?.email }, plan: { name: "Business" }, next_plan: null });
});

it("counts them by the words of the tabs", async () => {
  const of = (status: string) => rows.filter((row) => row.status === status).length;
  expect(await ask(subscriptionCounts, {}, ctx, stores)).toEqual({
    all: COUNT,
    active: of("active"),
    trialing: of("trialing"),
    past_due: of("past_due"),
    ending: rows.filter(({ ending }) => ending).length,
  });
});

it("says when a search meets more people than are looked at; what adds up or leaves has them all", async () => {
  const sql = await database();
  await sql`
    insert into app.users (email, display_name, status)
    select 'crowd' || n || '@example.com', 'Crowd', 'active' from generate_series(1, 2100) n`;
  await sql`
    insert into app.subscriptions (user_id, plan_id, price_id, quantity, status, anchor, period_start, period_end)
    select u.id, p.plan_id, p.id, 1, 'active', ${day(0)}, ${day(0)}, ${day(30)}
    from app.users u, (select id, plan_id from app.prices where plan_id = ${plan}) p where u.display_name = 'Crowd'`;
  const { page } = await ask(listSubscriptions, { q: "crowd" }, ctx, stores);
  expect(page).toMatchObject({ more_people: true, exact: false });
  expect((await ask(listSubscriptions, { q: "ana" }, ctx, stores)).page.more_people).toBe(false);
  expect(await ask(countSubscriptions, { q: "crowd" }, ctx, stores)).toEqual({ total: 2100 });
  const { data: sums } = await ask(totalSubscriptions, { q: "crowd" }, ctx, stores);
  expect(sums).toMatchObject([{ currency: "USD", count: 2100, monthly_minor: 2100 * 900 }]);
  const file: string[] = [];
  const leave = async (place: object): Promise<void> => {
    const { data: slice, next } = await ask(exportSubscriptions, { q: "crowd", ...place }, ctx, stores);
    file.push(...slice.map(({ id }) => id));
    if (next !== null) await leave({ after: next });
  };
  await leave({});
  expect(new Set(file).size).toBe(2100);
});

describe("what a list refuses", () => {
  it.each([
    ["a made-up cursor", { after: "bm90IGEgY3Vyc29y" }],
    ["an unknown field", { colour: "red" }],
    ["an unknown status", { status: "happy" }],
    ["a currency of three decimals", { currency: "KWD" }],
    ["an amount without a currency", { monthly_min_minor: 1 }],
    ["an amount of two currencies", { monthly_min_minor: 1, currency: "USD,EUR" }],
    ["a negative amount", { monthly_min_minor: -1, currency: "USD" }],
    ["an unknown sort", { sort: "id; drop table subscriptions" }],
  ])("%s", async (_name, input) => {
    // safe because a caller over HTTP may send anything; that is what is tested
    expect(await outcomeOf(ask(listSubscriptions, input as Given, ctx, stores))).toBe("invalid");
  });

  it("a cursor of another sort", async () => {
    const { page } = await ask(listSubscriptions, { limit: 2, sort: "next" }, ctx, stores);
    expect(await outcomeOf(ask(listSubscriptions, { after: page.next ?? "", sort: "newest" }, ctx, stores))).toBe(
      "invalid",
    );
  });
});
