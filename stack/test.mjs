// npm test: everything a landing needs, on four real engines. Ends with the line "N passed, N failed".
import fs from "node:fs";
import path from "node:path";
import { buildWhenChanged } from "./build.mjs";
import { readJson } from "./folder.mjs";
import { useStack } from "./hold.mjs";
import { endRunning } from "./process.mjs";
import { createSteps } from "./steps.mjs";
import { ENGINES } from "./supervisor.mjs";

const dir = process.env.QUADRANT_DIR ?? ".quadrant/test";
const logs = path.join(dir, "logs");
const reports = path.join(dir, "reports");
fs.rmSync(reports, { recursive: true, force: true });
for (const each of [logs, reports]) fs.mkdirSync(each, { recursive: true });
for (const name of fs.readdirSync(logs)) if (name.startsWith("test-")) fs.rmSync(path.join(logs, name));
const vitestReport = path.resolve(reports, "vitest.json");
const playwrightReport = path.resolve(reports, "playwright.json");

let stopEngines = async () => {};
let isLeaving = false;
async function leave(code) {
  if (isLeaving) return;
  isLeaving = true;
  endRunning();
  await stopEngines();
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void leave(130));

async function startEngines() {
  const stack = await useStack(dir);
  stopEngines = stack.stop;
  const missing = ENGINES.flatMap((engine) => engine.variables).filter((variable) => !stack.env[variable]);
  if (missing.length > 0) throw new Error(`the tests want all four engines; missing: ${missing.join(", ")}`);
}

function countVitest() {
  const report = readJson(vitestReport, null);
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

function countPlaywright() {
  const report = readJson(playwrightReport, null);
  if (!report) return { passed: 0, failed: 1 };
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected + report.errors.length };
}

// Two lanes for two cores: beside the engines and the tests on them, what only reads the sources.
const begun = performance.now();
const steps = createSteps({ logs, env: { QUADRANT_DIR: dir } });
const playwrightEnv = { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport };
const vitest = ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];

steps.add("engines", {}, startEngines);
steps.addTool("vitest", { needs: ["engines"], after: ["build"], count: countVitest }, vitest);
steps.addTool("prettier", {}, ["prettier", "--check", "--log-level=warn", "."]);
steps.addTool("typegen", { after: ["prettier"] }, ["next", "typegen"]);
steps.addTool("types", { needs: ["typegen"] }, ["tsc", "--noEmit"]);
steps.addTool("eslint", { after: ["types"] }, ["eslint", "."]);
steps.addTool("knip", { after: ["eslint"] }, ["knip"]);
steps.add("build", { after: ["knip"] }, (log) => buildWhenChanged(log, () => {}));
steps.addTool(
  "playwright",
  { needs: ["engines", "build"], after: ["vitest"], count: countPlaywright },
  ["playwright", "test", "-c", "e2e", "--reporter=list,json"],
  playwrightEnv,
);

const { passed, failed } = await steps.finish();
console.log(`all steps took ${Math.round((performance.now() - begun) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed`);
await leave(failed === 0 ? 0 : 1);
