// What every npm script begins with: the Node version, the installed packages, then the command itself.
// It runs before anything is installed, so it imports nothing but Node's own modules.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = [20, 19];
const MARKER = "node_modules/.quadrant-lock";
const COMMANDS = {
  start: ["./main.mjs"],
  dev: ["./main.mjs", "--dev"],
  test: ["./test.mjs"],
  bench: ["./bench.mjs"],
  with: ["./with.mjs"],
};

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Quadrant needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}

/** Whether npm's own record of what it installed has every package of the lock file, in the same version. */
function isInstalledByHand() {
  const wanted = readPackages("package-lock.json");
  const present = readPackages("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === "") return true;
    // an optional package may be for another kind of machine
    if (present[name] === undefined) return entry.optional === true;
    return present[name].version === entry.version;
  });
}

function install() {
  const hash = createHash("sha256").update(fs.readFileSync("package-lock.json")).digest("hex");
  if (fs.existsSync(MARKER) && fs.readFileSync(MARKER, "utf8") === hash) return;
  if (!isInstalledByHand()) {
    console.log("installing packages (npm ci) …");
    const begun = performance.now();
    // the console is built here, so its build tools are wanted in production too
    const { status } = spawnSync("npm", ["ci", "--include=dev", "--include=optional"], { stdio: "inherit" });
    if (status !== 0) fail("npm ci failed; its output above says why.");
    console.log(`packages installed in ${Math.round((performance.now() - begun) / 1000)} s`);
  }
  fs.writeFileSync(MARKER, hash);
}

checkNode();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [name = "start", ...rest] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) fail(`Unknown command ${name}; there are ${Object.keys(COMMANDS).join(", ")}.`);
install();
process.argv.splice(1, process.argv.length, command[0], ...command.slice(1), ...rest);
await import(command[0]);
