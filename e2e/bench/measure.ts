// Times of several requests, interleaved so that a change in the machine's speed meets all of them alike.
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export type Target = { url: string; method?: string; headers?: Record<string, string>; body?: string };
export type Times = { p50_ms: number; p95_ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

type Answer = { status: number; waitS: number; ms: number; body: string };

/** Sends one request and reads its answer to the end; throws on any status but 2xx. Being told to wait is no time. */
export async function send(target: Target): Promise<{ ms: number; body: string }> {
  for (;;) {
    const { status, waitS, ...answer } = await sent(target);
    if (status < 300) return answer;
    if (status !== 429)
      throw new Error(`${target.method ?? "GET"} ${target.url}: ${status} ${answer.body.slice(0, 200)}`);
    await sleep(waitS * 1000);
  }
}

function sent({ url, method = "GET", headers = {}, body }: Target): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const read = (answer: IncomingMessage) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const [status, waitS] = [answer.statusCode ?? 500, Number(answer.headers["retry-after"] ?? 1)];
        resolve({ status, waitS, ms: performance.now() - began, body: Buffer.concat(chunks).toString() });
      });
    };
    const call = request(url, { method, headers, agent, timeout: 10_000 }, read);
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
