// Times of several requests, interleaved so that a change in the machine's speed meets all of them alike.
import { Agent, request } from "node:http";

export type Target = { url: string; method?: string; headers?: Record<string, string>; body?: string };
export type Times = { p50_ms: number; p95_ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends one request and reads its answer to the end; throws on any status but 2xx. */
export function send(target: Target): Promise<{ ms: number; body: string }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const { url, method = "GET", headers = {}, body } = target;
    const call = request(url, { method, headers, agent, timeout: 10_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const ms = performance.now() - began;
        if ((answer.statusCode ?? 500) < 300) resolve({ ms, body: text });
        else reject(new Error(`${method} ${url}: ${answer.statusCode} ${text.slice(0, 200)}`));
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(times: readonly number[]): number {
  return percentile(
    [...times].sort((a, b) => a - b),
    0.5,
  );
}

/** `≤ 40 met`; nothing where nothing is promised. */
export function verdict(measured: number, wanted: number | undefined): string {
  if (wanted === undefined) return "";
  return `≤ ${wanted} ${measured <= wanted ? "met" : "missed"}`;
}

/** `targets` are called in turn, `rounds` times after `warmUp` rounds that do not count. Every call makes its own target. */
export async function interleave(
  targets: readonly ((round: number) => Target)[],
  rounds: number,
  warmUp = 30,
): Promise<Times[]> {
  const times = targets.map(() => new Array<number>());
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const [index, target] of targets.entries()) {
      const { ms } = await send(target(round));
      if (round >= warmUp) times[index]?.push(ms);
    }
  }
  return times.map((each) => {
    const sorted = each.sort((a, b) => a - b);
    return { p50_ms: percentile(sorted, 0.5), p95_ms: percentile(sorted, 0.95) };
  });
}
