// The folder a stack lives in (.quadrant): paths, remembered state, secrets, and where data and downloads may lie.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

/** Spawn options for engines that refuse to run as root. */
export const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

export function giveToNobody(target) {
  if (isRoot) spawnSync("chown", ["-R", `${NOBODY}:${NOBODY}`, target]);
}

/** Whether the user who runs the engines can reach a folder: as root, every parent must let others pass. */
export const isPassable = (dir) => !isRoot || spawnSync("test", ["-x", dir], asNobody).status === 0;

export function readJson(file, otherwise) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return otherwise;
  }
}

/** Writes a private JSON file in one step: a reader sees the old one or the new one. */
export function writeJson(file, value) {
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** Ends with one clear sentence when a folder's disk has less than `wantedMb` left. */
export function needDisk(dir, wantedMb, what, remedy) {
  const { bavail, bsize } = fs.statfsSync(dir);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= wantedMb) return;
  throw new Error(`Too little disk in ${dir}: ${what} needs ${wantedMb} MB and ${freeMb} MB are free; ${remedy}.`);
}

function cacheFolder() {
  if (process.env.QUADRANT_CACHE) return path.resolve(process.env.QUADRANT_CACHE);
  if (isRoot) return "/var/cache/quadrant";
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "quadrant");
}

/** Opens (and makes) a stack's folder. `home` is where engines that refuse root keep their data. */
export function openFolder(where) {
  const dir = path.resolve(where);
  fs.mkdirSync(dir, { recursive: true, mode: 0o755 });
  const hidden = path.join("/var/lib/quadrant", createHash("sha1").update(dir).digest("hex").slice(0, 10));
  const home = isPassable(dir) ? dir : hidden;
  const logs = path.join(dir, "logs");
  const cache = cacheFolder();
  for (const each of [home, logs, cache]) fs.mkdirSync(each, { recursive: true, mode: 0o755 });

  const stateFile = path.join(dir, "state.json");
  const state = { ports: {}, pids: {}, secrets: {}, ...readJson(stateFile, {}) };
  const save = () => writeJson(stateFile, state);
  return {
    dir,
    home,
    cache,
    logs,
    state,
    save,
    log: (name) => path.join(logs, `${name}.log`),
    secret(name, make = () => randomBytes(32).toString("base64url")) {
      if (state.secrets[name] === undefined) {
        state.secrets[name] = make();
        save();
      }
      return state.secrets[name];
    },
    remember(name, id) {
      if (id) state.pids[name] = id;
      else delete state.pids[name];
      save();
    },
  };
}
