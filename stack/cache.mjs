// Downloads, shared by clones, tests and CI: filled in a private folder and renamed into place.
import fs from "node:fs";
import path from "node:path";
import { needDisk } from "./folder.mjs";
import { startTime } from "./process.mjs";

const REMEDY = "free some, or let QUADRANT_CACHE name a folder on another disk";

/** Returns `cached(name, note, sizes, fill)`: the folder of that name, filled at most once even by two launchers. */
export function createCache(folder, say) {
  const filling = new Map();
  return function cached(name, note, { downloadMb, diskMb }, fill) {
    const final = path.join(folder.cache, name);
    if (fs.existsSync(final)) return Promise.resolve(final);
    if (!filling.has(name)) {
      needDisk(folder.cache, diskMb, note, REMEDY);
      filling.set(
        name,
        fillOnce(final, fill, { note, downloadMb, say }).finally(() => filling.delete(name)),
      );
    }
    return filling.get(name);
  };
}

async function fillOnce(final, fill, { note, downloadMb, say }) {
  const begun = performance.now();
  removeLeftovers(path.dirname(final));
  say(`first run: getting ${note} (${downloadMb} MB) …`);
  const draft = `${final}.part-${process.pid}`;
  fs.mkdirSync(draft, { recursive: true, mode: 0o755 });
  let shownMb = 0;
  const progress = setInterval(() => {
    const mb = Math.min(Math.round(sizeOf(draft) / 1e6), downloadMb);
    if (mb > shownMb) say(`first run: ${note}, ${mb} of ${downloadMb} MB`);
    shownMb = mb;
  }, 3000);
  try {
    await fill(draft);
    try {
      fs.renameSync(draft, final);
    } catch (error) {
      // another launcher was faster: its folder is as good as ours
      if (!fs.existsSync(final)) throw error;
    }
  } finally {
    clearInterval(progress);
    fs.rmSync(draft, { recursive: true, force: true });
  }
  say(`first run: ${note} ready in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return final;
}

function removeLeftovers(cache) {
  for (const entry of fs.readdirSync(cache)) {
    const pid = /\.(?:part|apt)-(\d+)$/.exec(entry)?.[1];
    if (pid && startTime(Number(pid)) === null) fs.rmSync(path.join(cache, entry), { recursive: true, force: true });
  }
}

function sizeOf(dir) {
  let bytes = 0;
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    bytes += fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
