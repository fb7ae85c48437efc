// npm run bench: a platform of its own with a million people, made once, then the measurement.
import fs from "node:fs";
import path from "node:path";
import { runScript } from "./app.mjs";
import { buildWhenChanged } from "./build.mjs";
import { useStack } from "./hold.mjs";
import { endRunning } from "./process.mjs";

const dir = process.env.QUADRANT_DIR ?? ".quadrant/bench";
const seeded = path.join(dir, "seeded-with-money");
/** What watching costs does not depend on how many people there are. */
const isOnlyHealth = /--only[ =]health\b/.test(process.argv.join(" "));
const say = (text) => console.log(text);

const stack = await useStack(dir);
let isLeaving = false;
async function leave(code) {
  if (isLeaving) return;
  isLeaving = true;
  endRunning();
  await stack.stop();
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void leave(130));

try {
  // the account the measurement signs in with
  const administrator = {
    QUADRANT_ADMIN_EMAIL: "bench@quadrant.local",
    QUADRANT_ADMIN_PASSWORD: "a password for one bench run",
  };
  const env = { ...stack.env, ...process.env, ...administrator };
  await runScript("drizzle/migrate.ts", [], env);
  await runScript("drizzle/bootstrap.ts", [], env);
  if (!isOnlyHealth && !fs.existsSync(seeded)) {
    await runScript("drizzle/seed/main.ts", ["--users", "1000000"], env);
    fs.writeFileSync(seeded, "");
  }
  await buildWhenChanged(path.join(dir, "logs/build.log"), say);
  await runScript("e2e/bench/main.ts", process.argv.slice(2), env);
  await leave(0);
} catch (error) {
  if (!isLeaving) console.error(error.message);
  await leave(1);
}
