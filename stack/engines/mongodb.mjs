// The MongoDB engine of an npm package, in a Node process of its own.
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { throughLoader } from "../apt.mjs";
import { needDisk } from "../folder.mjs";
import { ask, end, launch } from "../process.mjs";
import { waitUntilReady } from "./ready.mjs";

const CHILD = fileURLToPath(new URL("./mongodb-child.mjs", import.meta.url));
const OP_MSG = 2013;

export const mongodb = {
  id: "mongodb",
  required: true,
  variables: ["MONGODB_URI"],
  remedy: "give MONGODB_URI",
  signal: "SIGTERM",

  async prepare({ folder, bundle, portFor }) {
    const dir = path.join(folder.dir, "mongo-9");
    if (!fs.existsSync(dir)) {
      needDisk(folder.dir, 100, "a new MongoDB", "free some, or let QUADRANT_DIR name a folder on another disk");
      fs.mkdirSync(dir, { mode: 0o700 });
    }
    const command = needsNewerLibc() ? throughLoader([await bundle.libc()]) : [];
    command.push(process.execPath);
    const port = await portFor("mongodb");
    const log = folder.log("mongodb");
    const url = `mongodb://127.0.0.1:${port}/quadrant?directConnection=true&w=1&journal=true`;
    const prepared = {
      urls: { MONGODB_URI: url },
      url,
      source: command.length > 1 ? "npm, own C library" : "npm",
      version: null,
      proof: dir,
      async start(onSpawn) {
        const args = [...command.slice(1), CHILD, String(port), dir];
        const child = launch(command[0], args, {
          log,
          stdin: "pipe",
          env: { ...process.env, TMPDIR: socketFolder(dir) },
        });
        onSpawn({ id: child.id, ended: child.ended, stop: () => end(child.id, "SIGTERM") });
        const probe = () => ask(port, buildInfoMessage(), (answer) => Boolean((prepared.version = versionIn(answer))));
        await waitUntilReady(child, probe, { log, timeoutMs: 120_000 });
      },
    };
    return prepared;
  },
};

/** The engine needs glibc 2.38; its own error on an older one says nothing of it. */
function needsNewerLibc() {
  process.report.excludeNetwork = true;
  const [major = 0, minor = 0] = (process.report.getReport().header.glibcVersionRuntime ?? "").split(".").map(Number);
  return process.platform === "linux" && (major < 2 || (major === 2 && minor < 38));
}

/** A folder of our own for the engine's socket, empty; a socket's path may not pass 107 bytes. */
function socketFolder(dir) {
  const near = `${dir}.tmp`;
  const short = path.join(os.tmpdir(), `quadrant-${createHash("sha1").update(dir).digest("hex").slice(0, 10)}`);
  const chosen = near.length < 60 ? near : short;
  fs.rmSync(chosen, { recursive: true, force: true });
  fs.mkdirSync(chosen, { mode: 0o700 });
  return chosen;
}

/** An OP_MSG with the BSON document `{ buildInfo: 1, $db: "admin" }`. */
function buildInfoMessage() {
  const fields = "\x10buildInfo\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0";
  const document = Buffer.concat([Buffer.alloc(4), Buffer.from(fields, "latin1")]);
  document.writeInt32LE(document.length, 0);
  const message = Buffer.concat([Buffer.alloc(21), document]);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(OP_MSG, 12);
  return message;
}

function versionIn(answer) {
  return /\x02version\0[^]{4}([^\0]+)\0/.exec(answer.toString("latin1"))?.[1] ?? null;
}
