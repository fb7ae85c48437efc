// Fills the demo platform: npm run db:seed [-- --users 1000000] [--seed 42]
import { parseArgs } from "node:util";
import postgres from "postgres";
import { env, requireEnv } from "@/lib/env";
import { runAsScript, say } from "../script";
import { requestSearchRebuild } from "../search-rebuild";
import { runCommands } from "./commands";
import { fillTo } from "./fill";
import { runMoneyCommands } from "./money/commands";
import { rollUpMonths, seedMoney } from "./money/main";
import { fillMoney } from "./money/many";
import { insertPlatform, makePlatform } from "./people";
import { saveProfiles } from "./profiles";
import { readRecord, saveRecord } from "./record";
import { insertSessions } from "./sessions";

/** So many have a profile and a past; those beyond are rows of PostgreSQL only. */
const DEMO_USERS = 2_000;

export type SeedOptions = { users: number; seed: number };

/** Repeating it adds what is missing. Throws when the platform was filled by another seed. */
export async function seedPlatform({ users, seed }: SeedOptions): Promise<void> {
  const sql = postgres(requireEnv("MIGRATION_DATABASE_URL"), { max: 1, onnotice: () => {} });
  try {
    const now = new Date();
    const record = (await readRecord(sql)) ?? {
      seed,
      today: `${now.toISOString().slice(0, 10)}T00:00:00.000Z`,
      commands: null,
      money_commands: null,
    };
    if (record.seed !== seed) {
      throw new Error(`This platform was filled with --seed ${record.seed}. Empty it first: npm run db:reset`);
    }
    say(`demo platform: ${users.toLocaleString("en")} people, seed ${seed}`);
    const platform = makePlatform(seed, Math.min(users, DEMO_USERS), new Date(record.today));
    await sql.begin(async (tx) => {
      await insertPlatform(tx, platform);
      await insertSessions(tx, platform, now);
      await saveRecord(tx, record);
    });
    await seedMoney(sql, platform, record);
    await saveProfiles(env().MONGODB_URI, [...platform.staff, ...platform.people]);
    if (record.commands === null) {
      record.commands = await runCommands(seed, platform);
      await saveRecord(sql, record);
      say(`demo platform: ${record.commands} commands by its staff`);
    }
    if (record.money_commands === null) {
      record.money_commands = await runMoneyCommands(sql, seed, platform.staff);
      await saveRecord(sql, record);
      say(`demo platform: ${record.money_commands} commands about money, three wait for a second person`);
    }
    if (users > DEMO_USERS) {
      await fillTo(sql, users, seed, (reached) => say(`demo platform: ${reached.toLocaleString("en")} people`));
      await fillMoney(sql, users, seed, (line) => say(`demo platform: ${line}`));
    }
    await rollUpMonths(sql);
    await requestSearchRebuild(sql);
  } finally {
    await sql.end();
  }
}

function readOptions(): SeedOptions & { force: boolean } {
  const { values } = parseArgs({
    options: {
      users: { type: "string", default: String(DEMO_USERS) },
      seed: { type: "string", default: "42" },
      force: { type: "boolean", default: false },
    },
  });
  const users = Number(values.users);
  const seed = Number(values.seed);
  if (!Number.isInteger(users) || users < 100 || users > 10_000_000 || !Number.isInteger(seed)) {
    throw new Error("Usage: npm run db:seed -- [--users 100…10000000] [--seed whole-number] [--force]");
  }
  return { users, seed, force: values.force };
}

await runAsScript(import.meta.url, async () => {
  const options = readOptions();
  // Only the local stack gives its administrator away.
  if (!env().ADMIN_DATABASE_URL && !options.force) {
    throw new Error("This PostgreSQL was given by URL: invented people do not belong into it. Add --force to insist.");
  }
  await seedPlatform(options);
});
