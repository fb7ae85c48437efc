// Random operations of money over months and currencies: what is rolled up is what the raw rows add up to, counted here.
import { expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { CURRENCIES, EXPONENTS, type Currency } from "@/lib/plans/schema";
import { soldPlan } from "@/lib/testing/billing";
import { database } from "@/lib/testing/database";
import { context, person, staff } from "@/lib/testing/factories";
import { type Chance, chance } from "@/lib/testing/model/chance";
import { installClock, setAhead } from "@/lib/testing/model/clock";
import { nextMove } from "@/lib/testing/model/moves";
import { testStores } from "@/lib/testing/stores";
import { rebuildRevenue } from "./commands";
import { checkRevenue, revenueMonths } from "./queries";

/** The same seed chooses alike. */
const SEED = Number(process.env.REVENUE_SEED ?? Date.now() % 1_000_000);
const MONTHS = 7;
const MOVES_A_MONTH = 40;
/** So many more at its end, 3 ms from each other, half of them in the next month. */
const AT_MIDNIGHT = 20;

/** What a random operation may answer; anything else is a fault of ours. */
const EXPECTED = ["stale", "conflict", "invalid", "not_found", "approval_required"];

/** `2027-03-01 USD charged` → smallest units. */
type Sums = Map<string, number>;

it("the roll-up equals the sums of the raw rows, and the check names one month that was tampered with", async () => {
  console.log(`REVENUE_SEED=${SEED}`);
  const random = chance(SEED);
  const restore = installClock();
  try {
    const stores = await testStores();
    const ctx = context(await staff("superadmin"));
    await liveMonths(random, ctx, stores);
    await execute(rebuildRevenue, { months: MONTHS + 1 }, ctx, stores);
    const kept = await keptMonths(ctx, stores);
    expect(kept).toEqual(await rawMonths([...kept.keys()]));
    expect([...kept.values()].filter((minor) => minor !== 0).length).toBeGreaterThan(60);
    expect(await ask(checkRevenue, {}, ctx, stores)).toMatchObject({ differences: [] });
    await tamper(random, kept, ctx, stores);
  } finally {
    setAhead(0);
    restore();
  }
}, 120_000);

async function liveMonths(random: Chance, ctx: Context, stores: Stores): Promise<void> {
  const people = await Promise.all(Array.from({ length: 30 }, async () => (await person()).id));
  const plans = [
    await soldPlan({ minor: 3000 }, { minor: 900, currency: "JPY" }, { minor: 1999, currency: "EUR" }),
    await soldPlan({ minor: 9999 }, { minor: 2999, currency: "EUR", period_count: 3 }, { minor: 77, currency: "GBP" }),
    await soldPlan({ minor: 49_901, currency: "INR" }, { minor: 30_001, period: "year" }),
  ];
  const world = { stores, people: some(people), prices: some(plans.flatMap(({ prices }) => prices)) };
  const real = Date.now();
  const today = new Date(real);
  for (let month = 0; month < MONTHS; month += 1) {
    const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + month + 1, 1);
    const begin = Math.max(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + month, 2), real);
    for (let move = 0; move < MOVES_A_MONTH + AT_MIDNIGHT; move += 1) {
      const left = MOVES_A_MONTH - move;
      const at = left > 0 ? end - ((end - begin) * left) / MOVES_A_MONTH : end - 3 * (AT_MIDNIGHT / 2 + left);
      setAhead(0);
      setAhead(at - Date.now());
      const run = await nextMove(world, random);
      await run(ctx, undefined).catch((error: unknown) => expect(EXPECTED).toContain(toAppError(error).code));
    }
  }
}

async function keptMonths(ctx: Context, stores: Stores): Promise<Sums> {
  const { data } = await ask(revenueMonths, { months: MONTHS + 1 }, ctx, stores);
  return new Map(
    data.flatMap(({ month, currency, computed_at: _, ...sums }) =>
      Object.entries(sums).map(
        ([name, minor]) => [`${month} ${currency} ${name.replace("_minor", "")}`, minor] as const,
      ),
    ),
  );
}

type Entry = { account: string; currency: Currency; amount: string; at: Date };
type Movement = { kind: string; currency: Currency; amount: string; at: Date };

/** The same figures from every row there is, without SQL that adds up. */
async function rawMonths(wanted: readonly string[]): Promise<Sums> {
  const sql = await database();
  const sums: Sums = new Map(wanted.map((name) => [name, 0]));
  const add = (month: string, currency: string, name: string, minor: number) => {
    const key = `${month} ${currency} ${name}`;
    if (sums.has(key)) sums.set(key, (sums.get(key) ?? 0) + minor);
  };
  const entries = await sql<Entry[]>`select account, currency, amount::text, posted_at as at from app.ledger_entries`;
  for (const { account, currency, amount, at } of entries) {
    const minor = minorOf(amount, currency);
    if (account === "revenue") add(monthOf(at), currency, "charged", -minor);
    if (account === "processor" && minor > 0) add(monthOf(at), currency, "collected", minor);
    if (account === "refunds") add(monthOf(at), currency, "refunded", minor);
    if (account === "goodwill") add(monthOf(at), currency, "credited", minor);
    if (account === "bad_debt") add(monthOf(at), currency, "written_off", minor);
  }
  const movements = await sql<Movement[]>`select kind, currency, amount::text, at from app.mrr_movements`;
  const months = [...new Set(wanted.map((name) => name.slice(0, 10)))];
  for (const { kind, currency, amount, at } of movements) {
    const minor = minorOf(amount, currency);
    add(monthOf(at), currency, kind, minor);
    for (const month of months) if (month >= monthOf(at)) add(month, currency, "mrr", minor);
  }
  return sums;
}

/** One figure of a month that is over is made wrong by the smallest amount of its currency. */
async function tamper(random: Chance, kept: Sums, ctx: Context, stores: Stores): Promise<void> {
  const sql = await database();
  const running = monthOf(new Date());
  const month = random.of(
    some([...new Set([...kept.keys()].map((name) => name.slice(0, 10)))].filter((m) => m < running)),
  );
  const currency = random.of(CURRENCIES);
  const column = random.of(["charged", "collected", "mrr_new", "mrr_churn", "mrr_end"]);
  const minor = kept.get(`${month} ${currency} ${column === "mrr_end" ? "mrr" : column.replace("mrr_", "")}`) ?? 0;
  const text = (value: number) => (value / 10 ** EXPONENTS[currency]).toFixed(EXPONENTS[currency]);
  await sql`
    update app.revenue_months set ${sql(column)} = ${text(minor + 1)}
    where month = ${month}::text::date and currency = ${currency}`;
  const { differences } = await ask(checkRevenue, {}, ctx, stores);
  expect(differences).toEqual([
    { what: `${month} ${currency} ${column}`, rolled_up: text(minor + 1), source: text(minor) },
  ]);
}

const monthOf = (at: Date) => `${at.toISOString().slice(0, 7)}-01`;

/** "12.50" without its point, for the store writes two decimals always. */
const minorOf = (amount: string, currency: Currency) =>
  Number(amount.replace(".", "")) / (EXPONENTS[currency] === 0 ? 100 : 1);

function some<T>([first, ...rest]: T[]): [T, ...T[]] {
  if (first === undefined) throw new Error("There is none.");
  return [first, ...rest];
}
