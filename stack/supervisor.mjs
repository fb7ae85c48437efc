// Starts the engines no URL names, watches them, restarts one that dies once, and stops them together.
import { createBundle } from "./apt.mjs";
import { createCache } from "./cache.mjs";
import { elasticsearch } from "./engines/elasticsearch.mjs";
import { mongodb } from "./engines/mongodb.mjs";
import { postgres } from "./engines/postgres.mjs";
import { redis } from "./engines/redis.mjs";
import { createPorts } from "./ports.mjs";
import { commandLine, end, endRunning, isAlive, tail } from "./process.mjs";

export const ENGINES = [postgres, mongodb, redis, elasticsearch];
const MINUTE = 60_000;

/** The engines' own URLs, all or none: half a set would mix two databases. */
export function givenUrls(engine) {
  const missing = engine.variables.filter((variable) => !process.env[variable]);
  if (missing.length === engine.variables.length) return null;
  if (missing.length > 0) throw new Error(`${engine.id}: ${missing.join(", ")} missing beside the URLs you gave.`);
  return Object.fromEntries(engine.variables.map((variable) => [variable, process.env[variable]]));
}

/**
 * One stack of engines in a folder. `prepare(id)` finds the program and the port, so the URL is known before the
 * server is up; `start(id)` waits until it answers. With `forTests` a dead engine stays dead.
 */
export function createSupervisor(folder, { say, forTests, onChange = () => {} }) {
  const cached = createCache(folder, say);
  const bundle = createBundle(folder, cached);
  const portFor = createPorts(folder, { usual: !forTests, say });
  const tools = { folder, cached, bundle, portFor, maxConnections: forTests ? 300 : 80 };
  const prepared = new Map();
  const running = new Map();
  const deaths = new Map();
  const engineOf = (id) => ENGINES.find((engine) => engine.id === id);
  let isStopping = false;

  async function prepareOnce(engine) {
    const urls = givenUrls(engine);
    await reapOrphan(engine);
    if (urls) return { urls, url: urls[engine.variables[0]], source: "url", version: null };
    return engine.prepare(tools);
  }

  function prepare(id) {
    if (!prepared.has(id)) prepared.set(id, prepareOnce(engineOf(id)));
    return prepared.get(id);
  }

  /** An engine of a launcher that was killed: same pid and start time, and its command line names our data. */
  async function reapOrphan(engine) {
    const left = [folder.state.pids[engine.id], engine.findLeft?.(folder)].filter(isAlive);
    const proof = engine.id === "redis" ? `:${folder.state.ports.redis}` : folder.dir;
    for (const id of left) {
      const command = commandLine(id.pid);
      if (!command.includes(proof) && !command.includes(folder.home)) continue;
      say(`${engine.id}: stopping the one a killed launcher left (pid ${id.pid})`);
      await end(id, engine.signal);
    }
  }

  async function start(id) {
    const found = await prepare(id);
    if (!found.start || isStopping) return found;
    let latest;
    await found.start((child) => {
      latest = child;
      running.set(id, child);
      folder.remember(id, child.id);
    });
    latest.ended?.then((reason) => whenDead(id, latest, reason));
    onChange();
    return found;
  }

  async function whenDead(id, child, reason) {
    if (isStopping || running.get(id) !== child) return;
    running.delete(id);
    const last = deaths.get(id);
    deaths.set(id, performance.now());
    say(`${id} died (${reason}):\n${tail(folder.log(id))}`);
    onChange();
    if (forTests) return;
    if (last !== undefined && performance.now() - last < MINUTE) {
      say(`${id} died twice within a minute and stays down; npm start begins it again.`);
      return;
    }
    try {
      await start(id);
      say(`${id} is up again.`);
    } catch (error) {
      say(`${id} could not be restarted: ${error.message}`);
    }
  }

  async function stop(id) {
    const child = running.get(id);
    if (!child) return;
    running.delete(id);
    await child.stop();
    folder.remember(id, null);
    onChange();
  }

  return {
    prepare,
    isRunning: (id) => running.has(id),
    portFor,
    start,
    stop,
    /** What runtime.json says of each engine; an engine without a program is "none". */
    async describe() {
      const engines = {};
      for (const [id, promise] of prepared) {
        const found = await promise.catch(() => ({ url: null, source: "none", version: null }));
        const pid = running.get(id)?.id?.pid ?? null;
        engines[id] = { url: found.url, source: found.source, version: found.version, pid };
      }
      return engines;
    },
    async stopAll() {
      isStopping = true;
      endRunning();
      await Promise.all([...running.keys()].map((id) => stop(id)));
      bundle.close();
    },
    killAll() {
      isStopping = true;
      endRunning();
      for (const child of running.values()) if (isAlive(child.id)) process.kill(child.id.pid, "SIGKILL");
    },
  };
}
