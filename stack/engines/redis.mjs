// Valkey or Redis: the machine's own, else Valkey from Debian's packages.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { findProgram, throughLoader } from "../apt.mjs";
import { ask, end, launch } from "../process.mjs";
import { waitUntilReady } from "./ready.mjs";
import { monitorRule } from "./redis-monitor.mjs";

const PACKAGES = ["valkey-server", "valkey-tools", "libatomic1", "liblzf1", "libjemalloc2", "libsystemd0", "libcap2"];
PACKAGES.push("libssl3t64", "zlib1g", "libzstd1");

export const redis = {
  id: "redis",
  required: false,
  variables: ["REDIS_URL"],
  remedy: "install valkey-server or redis-server, or give REDIS_URL",
  signal: "SIGTERM",

  async prepare({ folder, bundle, portFor }) {
    const found = findProgram("valkey-server") ?? findProgram("redis-server");
    const command = found ? [found] : await fromPackages(bundle);
    const { stdout } = await promisify(execFile)(command[0], [...command.slice(1), "--version"]);
    const [, name = "redis", version = "0"] = /(redis|valkey).*?v=([\d.]+)/i.exec(stdout) ?? [];
    // an older server cannot read a newer one's files, so the folder names the server and its major version
    const dir = path.join(folder.dir, `${name.toLowerCase()}-${version.split(".")[0]}`);
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    const port = await portFor("redis");
    const password = folder.secret("redis");
    const log = folder.log("redis");
    const monitor = folder.secret("redis_monitor");
    const url = `redis://:${password}@127.0.0.1:${port}`;
    return {
      urls: { REDIS_URL: url, REDIS_MONITOR_URL: `redis://quadrant_monitor:${monitor}@127.0.0.1:${port}` },
      url,
      source: found ? "PATH" : "apt",
      version: `${name} ${version}`,
      proof: `:${port}`,
      async start(onSpawn) {
        const file = path.join(dir, "redis.conf");
        fs.writeFileSync(file, settings(port, dir, password, userLine(monitor, version)), { mode: 0o600 });
        const child = launch(command[0], [...command.slice(1), file], { log });
        onSpawn({ id: child.id, ended: child.ended, stop: () => end(child.id, "SIGTERM") });
        // AUTH alone is answered while the server still loads its file
        const probe = () => ask(port, `AUTH ${password}\r\nPING\r\n`, (answer) => answer.includes("+PONG"));
        await waitUntilReady(child, probe, { log, timeoutMs: 120_000 });
      },
    };
  },
};

async function fromPackages(bundle) {
  const libc = await bundle.libc();
  const valkey = await bundle.get("trixie-valkey", "Valkey 8.1", { downloadMb: 6, diskMb: 40 }, PACKAGES);
  return [...throughLoader([libc, valkey]), `${valkey}/usr/bin/valkey-server`];
}

/** The user the console looks with: it reads figures and names of keys, never a value. */
function userLine(password, version) {
  const hash = createHash("sha256").update(password).digest("hex");
  return `user quadrant_monitor on #${hash} ${monitorRule(version)}`;
}

/** A file, because arguments can be read by every user; volatile-lru, because a full cache must still take writes. */
function settings(port, dir, password, user) {
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${JSON.stringify(dir)}`,
    `requirepass ${password}`,
    user,
    "appendonly yes",
    "appendfsync everysec",
    "save 300 1",
    "maxmemory 256mb",
    "maxmemory-policy volatile-lru",
    "daemonize no",
  ];
  return `${lines.join("\n")}\n`;
}
