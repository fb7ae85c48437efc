// The demo platform's money: the same from the same seed, of every kind, and balanced to the cent.
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireEnv } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";
import { TRANSACTION_KINDS } from "@/lib/transactions/schema";
import { insertPlatform, makePlatform } from "../people";
import { runMoneyCommands } from "./commands";
import { makeCatalog } from "./catalog";
import { rollUpMonths, seedMoney } from "./main";
import { BOOKS_DAYS, tellStories } from "./stories";
import { verifyBooks } from "./verify";

const TODAY = "2026-11-21T00:00:00.000Z";
const SEED = 42;
const platform = makePlatform(SEED, 2_000, new Date(TODAY));
const stories = (seed = SEED) =>
  tellStories(seed, platform, makeCatalog(seed, new Date(TODAY)).prices, new Date(TODAY));

describe("the stories", () => {
  const told = stories();

  it("are the same for the same seed", () => {
    const rows = (all: typeof told) =>
      all.map(({ row, books: { transactions, entries, movements } }) => ({ row, transactions, entries, movements }));
    expect(rows(stories())).toEqual(rows(told));
    expect(rows(stories(43))).not.toEqual(rows(told));
  });

  it("lie between the opening of the books and today", () => {
    const opened = new Date(Date.parse(TODAY) - BOOKS_DAYS * 86_400_000).toISOString();
    for (const { row, books, fate } of told) {
      expect(row.created_at >= opened && row.updated_at <= TODAY, fate).toBe(true);
      for (const each of books.transactions) expect(each.created_at <= TODAY, `${fate} ${each.kind}`).toBe(true);
    }
  });

  it("tell of every state and kind there is", () => {
    const rows = told.map(({ row }) => row);
    expect(rows.length).toBeGreaterThan(500);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(SUBSCRIPTION_STATUSES));
    const transactions = told.flatMap(({ books }) => books.transactions);
    expect(new Set(transactions.map(({ kind }) => kind))).toEqual(new Set(TRANSACTION_KINDS));
    expect(new Set(transactions.map(({ currency }) => currency)).size).toBe(5);
    const present = {
      ending: rows.some(({ cancel_at }) => cancel_at),
      scheduled: rows.some(({ next_price_at }) => next_price_at),
      paused: rows.some(({ collection_behavior }) => collection_behavior),
      comped: rows.some(({ comped }) => comped),
      discounted: rows.some(({ discount_percent }) => discount_percent !== "0.00"),
      retried: rows.some(({ retry_at }) => retry_at),
      differs: rows.some(({ status, provider_status }) => provider_status && provider_status !== status),
    };
    expect(Object.values(present)).not.toContain(false);
  });
});

describe("the books", () => {
  let sql: postgres.Sql;
  beforeAll(async () => {
    await database();
    sql = postgres(requireEnv("MIGRATION_DATABASE_URL"), { max: 1, onnotice: () => {} });
    await sql.begin((tx) => insertPlatform(tx, platform));
  });
  afterAll(() => sql.end());

  const count = async () => (await sql<{ n: number }[]>`SELECT count(*)::integer AS n FROM app.subscriptions`)[0]?.n;

  it("pass the rules of the ledger and add up", async () => {
    await seedMoney(sql, platform, { seed: SEED, today: TODAY, commands: null, money_commands: null });
    expect(await count()).toBe(stories().length);
    await verifyBooks(sql);
  });

  it("stay as they are when it is repeated", async () => {
    const before = await sql`SELECT id, version, balance_due FROM app.subscriptions ORDER BY id`;
    await seedMoney(sql, platform, { seed: SEED, today: TODAY, commands: null, money_commands: null });
    expect(await sql`SELECT id, version, balance_due FROM app.subscriptions ORDER BY id`).toEqual(before);
    await verifyBooks(sql);
  });

  it("go on with commands of the staff, of which some wait for a second person", async () => {
    expect(await runMoneyCommands(sql, SEED, platform.staff)).toBe(35);
    expect(await sql`SELECT FROM app.processor_events WHERE outcome IS NULL`).toHaveLength(15);
    const [waiting] = await sql<{ n: number }[]>`
      SELECT count(*)::integer AS n FROM system.approvals WHERE status = 'waiting'`;
    expect(waiting?.n).toBe(3);
    await verifyBooks(sql);
    await rollUpMonths(sql);
    const [end] = await sql<{ same: boolean }[]>`
      SELECT bool_and(mrr_end = (SELECT sum(monthly) FROM app.subscriptions s WHERE s.currency = r.currency)) AS same
      FROM app.revenue_months r WHERE month = (SELECT max(month) FROM app.revenue_months)`;
    expect(end?.same).toBe(true);
  });

  it("are found out when they do not add up", async () => {
    const broken = sql.begin(async (tx) => {
      await tx`UPDATE app.subscriptions SET balance_due = balance_due + 1 WHERE id = (SELECT id FROM app.subscriptions LIMIT 1)`;
      await verifyBooks(tx);
    });
    await expect(broken).rejects.toThrow("1 balances due that are not what is receivable");
  });
});
