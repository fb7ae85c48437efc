// npm run bench: a stack of its own with a million people, then the measurements.
import { runScript } from "./app.mjs";
import { buildWhenChanged } from "./build.mjs";
import { useStack } from "./hold.mjs";
import { readJson, writeJson } from "./folder.mjs";

const DIR = process.env.QUADRANT_DIR ?? ".quadrant/bench";
const PEOPLE = 1_000_000;
const FILLED = `${DIR}/filled.json`;
const ADMIN = { QUADRANT_ADMIN_EMAIL: "bench@quadrant.local", QUADRANT_ADMIN_PASSWORD: "a password for one bench run" };

const stack = await useStack(DIR);
const env = { ...process.env, ...stack.env, ...ADMIN };
const end = async (code) => {
  await stack.stop();
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(130));
try {
  await runScript("drizzle/migrate.ts", [], env);
  await runScript("drizzle/bootstrap.ts", [], env);
  if (readJson(FILLED, null)?.people !== PEOPLE) {
    const begun = performance.now();
    await runScript("drizzle/seed/main.ts", ["--users", String(PEOPLE)], env);
    writeJson(FILLED, { people: PEOPLE });
    console.log(`${PEOPLE} people in ${Math.round((performance.now() - begun) / 1000)} s`);
  }
  await buildWhenChanged(`${DIR}/logs/build.log`, console.log);
  await runScript("e2e/bench/main.ts", process.argv.slice(2), env);
  await end(0);
} catch (error) {
  console.error(error.message);
  await end(1);
}
