// npm run bench -- --only health: what watching costs, how long a scrape and a chart take, what the pages weigh.
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { benchCollection } from "./collection";
import { benchHistory } from "./history";
import { type Times, interleave, send, verdict } from "./measure";
import { pageWeight } from "./page-weight";

const SCRAPE_MS = 50;
const ROUNDS = 20;
/** The sampler needs one pass until there is something to scrape. */
const SAMPLED_WITHIN_S = 60;

export async function benchHealth(base: string, cookie: string, token: string): Promise<void> {
  await benchCollection(ROUNDS);
  await benchHistory(ROUNDS);
  const worker = startWorker();
  try {
    await benchScrape(base, token);
  } finally {
    worker.kill("SIGTERM");
  }
  for (const path of ["/health", "/health/postgres"]) {
    console.log(`client JavaScript of ${path}: ${await pageWeight(base, cookie, path)}`);
  }
}

function startWorker(): ChildProcess {
  const args = ["--conditions=react-server", "--import", "tsx", "lib/worker/main.ts"];
  return spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, QUADRANT_LOG: "warn" },
  });
}

export async function benchScrape(base: string, token: string): Promise<void> {
  const target = { url: `${base}/api/metrics`, headers: { authorization: `Bearer ${token}` } };
  let text = "";
  for (let second = 0; second < SAMPLED_WITHIN_S && !/^database_signal\{/m.test(text); second += 1) {
    text = (await send(target)).body;
    await sleep(1_000);
  }
  // what the server and the machine take for an answer that says nothing, at the same moments
  const empty = { url: `${base}/api/health/live` };
  const [times, floor] = await interleave([() => target, () => empty], ROUNDS * 5);
  if (!times || !floor) return;
  const lines = text.split("\n").length;
  console.log(`\na scrape of ${lines} lines, p50 / p95 in ms: ${inWords(times)}; an empty answer: ${inWords(floor)}`);
  console.log(verdict(times.p50_ms, SCRAPE_MS));
}

function inWords({ p50_ms, p95_ms }: Times): string {
  return `${p50_ms.toFixed(1)} / ${p95_ms.toFixed(1)}`;
}
