// The launcher: engines, data, build, web and worker, and their orderly end.
// Flags: --dir=FOLDER (or QUADRANT_DIR), --dev, --hold (engines only, for tests), --only=ENGINE,…, --fetch (download only).
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { choosePort, createApp, prepareData } from "./app.mjs";
import { buildWhenChanged } from "./build.mjs";
import { openControl } from "./control.mjs";
import { consoleEnvironment, requireProduction } from "./environment.mjs";
import { openFolder, writeJson } from "./folder.mjs";
import { releaseLock, takeLock } from "./lock.mjs";
import { sleep } from "./process.mjs";
import { createSupervisor, ENGINES } from "./supervisor.mjs";

const { values: flags } = parseArgs({
  options: {
    dir: { type: "string", default: process.env.QUADRANT_DIR ?? ".quadrant" },
    only: { type: "string", default: ENGINES.map((engine) => engine.id).join(",") },
    dev: { type: "boolean", default: false },
    hold: { type: "boolean", default: false },
    fetch: { type: "boolean", default: false },
  },
});
const begun = performance.now();
const seconds = (from = begun) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const say = (text) => console.log(text);

const folder = openFolder(flags.dir);
const other = takeLock(folder.dir);
if (other) {
  console.error(`Quadrant already runs in this folder (pid ${other.pid}). Stop it first: kill ${other.pid}`);
  process.exit(3);
}
const wanted = flags.only.split(",");
const supervisor = createSupervisor(folder, { say, forTests: flags.hold, onChange: () => void writeRuntime() });
const app = createApp(folder, { isDev: flags.dev, say, onChange: () => void writeRuntime(), onGone });
const file = (name) => path.join(folder.dir, name);
let url = null;
let closeControl = () => {};
let isStopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => (isStopping ? killEverything() : void leave(0)));
}
process.on("uncaughtException", (error) => {
  console.error(error);
  void leave(1);
});
try {
  requireProduction();
  if (flags.fetch) await fetchOnly();
  else if (flags.hold) await hold();
  else await start();
} catch (error) {
  if (!isStopping) console.error(error.message);
  await leave(1);
}

/** Starts one engine; an optional one that cannot be had is a sentence, not the end. */
async function bring(id) {
  const from = performance.now();
  const engine = ENGINES.find((each) => each.id === id);
  let found = null;
  try {
    found = await supervisor.prepare(id);
    await supervisor.start(id);
    const version = [found.version, found.source].filter(Boolean).join(", ");
    if (!isStopping) say(`${id.padEnd(14)}${seconds(from).padStart(7)}  ${version}`);
  } catch (error) {
    if (isStopping) return found;
    const remedy = `To ${engine.required ? "use one of your own" : "have it"}, ${engine.remedy}.`;
    const reason = found ? `${id} did not start: ${error.message}` : `${id}: none, ${error.message}. ${remedy}`;
    if (engine.required) throw new Error(reason);
    say(`${reason}\nThe console runs without it.`);
  }
  return found;
}

async function fetchOnly() {
  await Promise.all(wanted.map((id) => supervisor.prepare(id)));
  say(`everything is in ${folder.cache} (${seconds()})`);
  await leave(0);
}

/** The engines alone, until a signal; env.json tells others how to reach them. */
async function hold() {
  const found = await Promise.all(wanted.map(bring));
  const urls = Object.assign({}, ...found.map((each) => each?.urls));
  writeJson(file("env.json"), consoleEnvironment(folder, urls));
  await writeRuntime();
  closeControl = await openControl(folder.dir, supervisor, wanted);
  say(`engines are up in ${seconds()}, environment in ${file("env.json")}`);
  process.send?.("ready");
}

async function start() {
  await app.reap();
  const port = await choosePort(say);
  const address = `http://localhost:${port}`;
  const engines = Object.fromEntries(wanted.map((id) => [id, bring(id)]));
  const built = flags.dev ? null : buildWhenChanged(folder.log("build"), say);
  // it is awaited below; until then its failure is not an accident
  built?.catch(() => {});
  const first = await Promise.all([engines.postgres, engines.mongodb, engines.redis]);
  const urls = Object.assign({}, ...first.map((each) => each?.urls), await searchUrl(engines.elasticsearch));
  const env = consoleEnvironment(folder, urls, { url: address, port });
  writeJson(file("env.json"), env);

  const isLocal = [first[0], first[1]].every((each) => each.source !== "url");
  await prepareData(folder, { ...process.env, ...env }, { isLocal, say });
  await built;
  // the rights to change the schema stay with the scripts, and the checkpoint key with the worker
  const { ADMIN_DATABASE_URL, MIGRATION_DATABASE_URL, ...runtime } = { ...process.env, ...env };
  const { QUADRANT_CHECKPOINT_KEY, ...web } = runtime;
  // the worker after the pages: somebody is waiting for them
  await app.startWeb(port, web);
  app.startWorker(runtime);
  url = env.QUADRANT_URL;
  await writeRuntime();
  if (isStopping) return;
  say(`\nQuadrant is at ${url} (${seconds()}). Ctrl-C stops it.\n`);
  await engines.elasticsearch;
}

/** Its port is known before it is up; a long download does not hold up the page. */
async function searchUrl(bringing) {
  if (!bringing) return {};
  const prepared = supervisor.prepare("elasticsearch").then(
    (found) => found.urls,
    () => ({}),
  );
  const late = sleep(3000).then(async () => ({
    ELASTICSEARCH_URL: `http://127.0.0.1:${await supervisor.portFor("elasticsearch")}`,
  }));
  return Promise.race([prepared, late]);
}

async function writeRuntime() {
  const engines = await supervisor.describe();
  if (!isStopping) writeJson(file("runtime.json"), { url, worker_pid: app.pidOf("worker"), engines });
}

function onGone(name) {
  if (name === "web") void leave(1);
  else say(`${name} died too often and stays down; npm start begins it again.`);
}

/** The console first, then all engines together; the lock last. */
async function leave(code) {
  if (isStopping) return;
  isStopping = true;
  const from = performance.now();
  closeControl();
  await app.stop();
  await supervisor.stopAll();
  removeTraces();
  say(`stopped in ${seconds(from)}`);
  process.exit(code);
}

/** A second Ctrl-C: no more patience. */
function killEverything() {
  app.kill();
  supervisor.killAll();
  removeTraces();
  process.exit(130);
}

function removeTraces() {
  for (const name of ["runtime.json", "env.json"]) fs.rmSync(file(name), { force: true });
  releaseLock(folder.dir);
}
