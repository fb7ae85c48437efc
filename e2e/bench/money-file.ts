// The file of all subscriptions, and how much memory the server takes while it writes it.
import { readFile } from "node:fs/promises";
import type { Console } from "./compare";
import { send, verdict } from "./measure";

const WANTED_MB = 150;
const EVERY_MS = 50;

/** Of Linux; elsewhere it is unknown. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

export async function downloadAll(of: Console, pid: number | undefined, wanted: number): Promise<void> {
  if (pid === undefined) return;
  // what the first call of any page loads is no matter of the file
  await send({ url: `${of.base}/api/v1/subscriptions/export?status=incomplete`, headers: { cookie: of.cookie } });
  const before = await residentMb(pid);
  let most = before;
  const watch = setInterval(() => void residentMb(pid).then((mb) => (most = Math.max(most, mb))), EVERY_MS);
  const began = performance.now();
  let [rows, bytes] = [-1, 0];
  try {
    const answer = await fetch(`${of.base}/api/v1/subscriptions/export`, { headers: { cookie: of.cookie } });
    if (!answer.ok || !answer.body) throw new Error(`The export answered ${answer.status}.`);
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) rows += 1;
    }
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - began) / 1000;
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  console.log(
    `\nCSV of all: ${rows.toLocaleString("en")} rows of ${wanted.toLocaleString("en")}, ${megabytes} MB, ${seconds.toFixed(1)} s`,
  );
  const grown = most - before;
  console.log(
    `memory of the server: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most, ${grown.toFixed(0)} MB more  ${verdict(grown, WANTED_MB)}\n`,
  );
}
