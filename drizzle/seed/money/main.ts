// The money of the demo platform: plans, subscriptions and 14 months of books.
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { rollUp } from "@/lib/revenue/months";
import { say } from "../../script";
import type { Platform } from "../people";
import type { SeedRecord } from "../record";
import { makeCatalog } from "./catalog";
import { insertMoney } from "./insert";
import { tellStories } from "./stories";

/** Repeating it adds what is missing, all of it or nothing. */
export async function seedMoney(sql: postgres.Sql, platform: Platform, { seed, today }: SeedRecord): Promise<void> {
  const day = new Date(today);
  const catalog = makeCatalog(seed, day);
  const stories = tellStories(seed, platform, catalog.prices, day);
  const added = await sql.begin((tx) => insertMoney(tx, catalog, stories));
  if (added > 0) say(`demo platform: ${added.toLocaleString("en")} subscriptions with their books`);
}

/** More than the books are old. */
const MONTHS = 18;

/** The months as the ledger has them by now, as the command `revenue.rebuild` would compute them. */
export async function rollUpMonths(sql: postgres.Sql): Promise<void> {
  await rollUp(drizzle(sql), new Date(), MONTHS);
}
