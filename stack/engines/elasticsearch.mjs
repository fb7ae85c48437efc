// The Elasticsearch core, run by a Java of this machine.
import fs from "node:fs";
import path from "node:path";
import { asNobody, giveToNobody, needDisk } from "../folder.mjs";
import { findJava } from "../java.mjs";
import { end, identify, isAlive, kill, launch, sleep, tail } from "../process.mjs";
import { fetchElasticsearch, versionFor } from "./elasticsearch-download.mjs";

/** Seconds on a quiet machine, minutes on one that is busy with something else. */
const START_LIMIT_MS = 900_000;

export const elasticsearch = {
  id: "elasticsearch",
  required: false,
  variables: ["ELASTICSEARCH_URL"],
  remedy: "install Java 21 or newer (ES_JAVA_HOME may name it), or give ELASTICSEARCH_URL",
  signal: "SIGTERM",

  /** The starter leaves, so a launcher killed meanwhile has not seen the server's pid. */
  findLeft(folder) {
    const names = fs.readdirSync(folder.home).filter((name) => name.startsWith("search-"));
    const file = names.map((name) => path.join(folder.home, name, "es.pid")).find((each) => fs.existsSync(each));
    return file ? identify(Number(fs.readFileSync(file, "utf8"))) : null;
  },

  async prepare({ folder, cached, bundle, portFor }) {
    const java = await findJava(bundle);
    const version = versionFor(java.major);
    const tree = await fetchElasticsearch(version, { cached, log: folder.log("download"), javaHome: java.home });
    const dir = path.join(folder.home, `search-${version.split(".")[0]}`);
    const files = { dir, tree, conf: `${dir}/config`, temp: `${dir}/tmp`, pid: `${dir}/es.pid` };
    prepareFolders(files, folder);
    const port = await portFor("elasticsearch");
    const ports = { http: port, transport: await portFor("elasticsearch-transport") };
    return {
      urls: { ELASTICSEARCH_URL: `http://127.0.0.1:${port}` },
      url: `http://127.0.0.1:${port}`,
      source: `Maven, Java ${java.major} (${java.source})`,
      version,
      proof: dir,
      start: (onSpawn) => start(files, ports, { java, log: folder.log("elasticsearch"), onSpawn }),
    };
  },
};

/** The keystore is written beside the settings, so they are a copy of this folder's own. */
function prepareFolders({ dir, tree, conf, temp }, folder) {
  if (!fs.existsSync(conf)) {
    needDisk(folder.home, 200, "a new Elasticsearch", "free some, or let QUADRANT_DIR name a folder on another disk");
    fs.mkdirSync(dir, { recursive: true, mode: 0o750 });
    fs.cpSync(`${tree}/config`, `${conf}.new`, { recursive: true });
    fs.renameSync(`${conf}.new`, conf);
  }
  for (const each of [temp, `${dir}/data`, `${dir}/backup`, `${conf}/jvm.options.d`]) {
    fs.mkdirSync(each, { recursive: true });
  }
}

function writeSettings({ dir, conf }, ports) {
  const heap = process.env.QUADRANT_ELASTICSEARCH_HEAP ?? "256m";
  const settings = {
    "cluster.name": "quadrant",
    "node.name": "quadrant-local",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": ports.http,
    "transport.port": ports.transport,
    "xpack.security.enabled": false,
    "path.data": `${dir}/data`,
    "path.logs": `${dir}/logs`,
    "path.repo": `${dir}/backup`,
    "action.auto_create_index": false,
    "cluster.routing.allocation.disk.threshold_enabled": false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  fs.writeFileSync(`${conf}/elasticsearch.yml`, lines.join(""));
  // the quick compiler alone: up in half the time, for a server that lives as long as a demo or a test run
  fs.writeFileSync(`${conf}/jvm.options.d/quadrant.options`, `-Xms${heap}\n-Xmx${heap}\n-XX:TieredStopAtLevel=1\n`);
  giveToNobody(dir);
}

/** With -d the starter leaves once the server is up, which saves its 85 MB. */
async function start(files, ports, { java, log, onSpawn }) {
  writeSettings(files, ports);
  fs.rmSync(files.pid, { force: true });
  const options = ["-XX:TieredStopAtLevel=1"];
  // the packaged runtime cannot start its own helper program
  if (java.source === "apt") options.push("-Djdk.lang.Process.launchMechanism=FORK");
  const starter = launch("/bin/bash", [`${files.tree}/bin/elasticsearch`, "-d", "-p", files.pid], {
    log,
    ...asNobody,
    cwd: files.dir,
    env: {
      PATH: process.env.PATH,
      HOME: files.dir,
      ES_JAVA_HOME: java.home,
      ES_PATH_CONF: files.conf,
      ES_TMPDIR: files.temp,
      CLI_JAVA_OPTS: options.join(" "),
    },
  });
  const stop = () => stopServer(starter, files.pid);
  onSpawn({ id: starter.id, ended: null, stop });
  const begun = performance.now();
  while (!(await isHealthy(ports.http))) {
    const failed = starter.dead !== null && starter.dead !== "exit 0";
    if (failed) throw new Error(`it ended at the start (${starter.dead})\n${tail(log)}`);
    if (performance.now() - begun > START_LIMIT_MS)
      throw new Error(`no answer in ${START_LIMIT_MS / 1000} s\n${tail(log)}`);
    await sleep(100);
  }
  const id = identify(Number(fs.readFileSync(files.pid, "utf8")));
  onSpawn({ id, stop, ended: endOf(id) });
}

/** The server is no child of ours, so its end is seen by looking. */
async function endOf(id) {
  while (isAlive(id)) await sleep(500);
  return "its process is gone";
}

/** Server and starter share a group; the server is known by its own pid only once it is up. */
async function stopServer(starter, pidFile) {
  const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, "utf8")) : 0;
  const server = pid ? identify(pid) : null;
  if (isAlive(starter.id)) kill(starter.id.pid, "SIGTERM");
  await Promise.all([end(server, "SIGTERM"), end(starter.id, "SIGTERM")]);
}

async function isHealthy(port) {
  const url = `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return answer.ok && (await answer.json()).cluster_name === "quadrant";
  } catch {
    return false;
  }
}
