// One launcher per folder.
import fs from "node:fs";
import path from "node:path";
import { readJson } from "./folder.mjs";
import { identify, isAlive } from "./process.mjs";

const lockFile = (dir) => path.join(dir, "lock");

/** The live process that holds the folder, or null. */
export function holder(dir) {
  const held = readJson(lockFile(dir), null);
  return isAlive(held) ? held : null;
}

/** Takes the folder, or returns the process that has it. The lock appears whole, by a link to a finished file. */
export function takeLock(dir) {
  const mine = path.join(dir, `lock.${process.pid}`);
  fs.writeFileSync(mine, JSON.stringify(identify(process.pid)));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        fs.linkSync(mine, lockFile(dir));
        return null;
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const other = holder(dir);
      if (other) return other;
      fs.rmSync(lockFile(dir), { force: true });
    }
    throw new Error(`Cannot take ${lockFile(dir)}.`);
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

export const releaseLock = (dir) => fs.rmSync(lockFile(dir), { force: true });
