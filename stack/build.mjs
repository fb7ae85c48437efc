// Builds the console when its sources changed since the last build.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { releaseLock, takeLock } from "./lock.mjs";
import { run, sleep } from "./process.mjs";

const MARKER = ".next/quadrant-build";
/** One build at a time, though npm start and npm test may both want one. */
const TURN = ".quadrant/build";
/** What the built console does not contain. */
const OUTSIDE = new Set(["node_modules", "stack", "e2e", "bench", "docs", "test-results", "playwright-report"]);
const isSource = (name) => !name.startsWith(".") && !OUTSIDE.has(name) && !/\.(md|test\.tsx?|tsbuildinfo)$/.test(name);

function hashSources() {
  const hash = createHash("sha256").update(process.version);
  const visit = (dir) => {
    const entries = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => isSource(entry.name));
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (entry.name !== "next-env.d.ts") hash.update(file).update(fs.readFileSync(file));
    }
  };
  visit(".");
  return hash.digest("hex");
}

/** True when a build ran; an interrupted one leaves no marker and so is repeated. */
export async function buildWhenChanged(log, say) {
  fs.mkdirSync(TURN, { recursive: true });
  while (takeLock(TURN)) await sleep(500);
  try {
    const hash = hashSources();
    const last = fs.existsSync(MARKER) ? fs.readFileSync(MARKER, "utf8") : null;
    if (last !== hash) await build(hash, { log, say });
    return last !== hash;
  } finally {
    releaseLock(TURN);
  }
}

async function build(hash, { log, say }) {
  say("building the console …");
  const begun = performance.now();
  fs.rmSync(MARKER, { force: true });
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { log, env });
  fs.writeFileSync(MARKER, hash);
  say(`built in ${Math.round((performance.now() - begun) / 1000)} s`);
}
