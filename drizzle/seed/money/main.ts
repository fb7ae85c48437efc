// The money of the demo platform: plans, subscriptions and 14 months of books.
import type postgres from "postgres";
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
