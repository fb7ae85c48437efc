// npm run bench -- --only money: lists, a change of plan, figures, months and the file of all, at 400,000 subscriptions.
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { listPlans, planCounts } from "@/lib/plans/queries";
import { checkBooks } from "@/lib/revenue/check";
import { figuresNow } from "@/lib/revenue/figures";
import { rollUp } from "@/lib/revenue/months";
import { revenueMonths } from "@/lib/revenue/queries";
import { SHOWN_MONTHS } from "@/lib/revenue/schema";
import { byStatus, totals } from "@/lib/subscriptions/count";
import { systemContext } from "@/lib/core/context";
import { deriveKeys } from "@/lib/core/keys";
import { compare, type Console, floorOf, report } from "./compare";
import { interleave, median, type Target, verdict } from "./measure";
import { downloadAll } from "./money-file";
import { readsOfMoney } from "./money-reads";
import { noSearch } from "./statements";

const ROUNDS = 15;

export async function benchMoney(of: Console, serverPid: number | undefined): Promise<void> {
  const { reads, subscriptions } = await readsOfMoney();
  const title = `${subscriptions.toLocaleString("en")} subscriptions`;
  await compare(of, title, reads, (rawPort) => changingPlans(of, rawPort));
  await figures();
  await downloadAll(of, serverPid, subscriptions);
}

/** Every round moves two customers from one plan to another: one by bare statements, one through the console. */
async function changingPlans(of: Console, rawPort: number): Promise<void> {
  const rounds = Math.min(of.rounds, 200);
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const customers = await sql<{ id: string; version: number; price_id: string }[]>`
    select s.id, s.version, other.id as price_id
    from app.subscriptions s
    join app.prices p on p.id = s.price_id and p.active
    join app.plans on plans.id = p.plan_id and plans.code = 'team'
    join app.plans dearer on dearer.code = 'business'
    join app.prices other on other.plan_id = dearer.id and other.currency = p.currency and other.period = p.period
      and other.period_count = p.period_count and other.active
    where s.status = 'active' and s.provider = 'test' and not s.comped and s.balance_due = 0
      and s.collection_paused_at is null and s.cancel_at is null and s.next_price_at is null
      and s.period_end > now() + interval '1 day'
      and (select count(*) from app.subscriptions o where o.user_id = s.user_id) = 1
    order by s.id desc limit ${2 * (rounds + 30)}`;
  await sql.end();
  const customer = (index: number) => customers[index] ?? { id: "", version: 0, price_id: "" };
  const rawTarget = (round: number): Target => {
    const { id, version, price_id } = customer(2 * round);
    return { url: `http://127.0.0.1:${rawPort}/?id=${id}&version=${version}&price=${price_id}` };
  };
  const ours = (round: number): Target => {
    const { id, version, price_id } = customer(2 * round + 1);
    const headers = {
      cookie: of.cookie,
      origin: of.base,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "if-match": `"${version}"`,
    };
    const body = JSON.stringify({ price_id, reason: "Measured" });
    return { url: `${of.base}/api/v1/subscriptions/${id}/change-plan`, method: "POST", headers, body };
  };
  report("change plan with audit", await interleave([rawTarget, floorOf(of), ours], rounds), 2);
}

/** What is kept in a cache for a while afterwards, asked without it; by the console's own credential and statements. */
async function figures(): Promise<void> {
  const client = postgres(env().DATABASE_URL, { max: 4, onnotice: () => {} });
  const db = drizzle(client);
  const now = new Date();
  const keys = deriveKeys(env().QUADRANT_SECRET);
  const scope = { ctx: systemContext("bench"), now, search: noSearch, keys, db };
  const measures: readonly [name: string, ask: () => PromiseLike<unknown>, wantedMs?: number][] = [
    ["revenue by month, from the roll-up", () => revenueMonths.run(revenueMonths.input.parse({}), scope), 20],
    [
      "revenue by month, from the ledger",
      () => client`
        select date_trunc('month', posted_at at time zone 'UTC') as month, currency, -sum(amount) as revenue
        from app.ledger_entries where account = 'revenue' and posted_at > now() - interval '1 year' group by 1, 2`,
    ],
    ["figures of the home page", () => figuresNow(db, now)],
    ["totals of all", () => totals(db, undefined)],
    ["counts of the tabs", () => byStatus(db)],
    ["plans with their prices", () => listPlans.run({}, scope), 20],
    ["who is on which price", () => planCounts.run({}, scope)],
    ["rebuild of 13 months", () => db.transaction((tx) => rollUp(tx, now, SHOWN_MONTHS)), 5_000],
    ["check of all books", () => checkBooks(db, now, SHOWN_MONTHS), 10_000],
  ];
  console.log("\np50 in ms");
  for (const [name, ask, wantedMs] of measures) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    const ms = median(times);
    console.log(`${name.padEnd(40)} ${ms.toFixed(1).padStart(15)}  ${verdict(ms, wantedMs)}`);
  }
  await client.end();
}
