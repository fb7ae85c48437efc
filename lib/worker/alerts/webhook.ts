// One message to one webhook: signed, bounded in time, following nobody anywhere.
import "server-only";
import { createHmac } from "node:crypto";
import { lookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { isRefusedIp, webhookProblem } from "@/lib/alerts/delivery/address";
import type { Env } from "@/lib/env";

export type Answer = { status: number | null; error: string | null };

const LIMIT_MS = 5_000;
/** The end of an answer nobody needs is not read. */
const MOST_BYTES = 4_096;

type Message = { id: string; body: string; secret: string };
type Surroundings = Pick<Env, "NODE_ENV" | "QUADRANT_STACK">;

/** `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`: whoever receives it can tell who sent it, and when. */
function signature(secret: string, body: string, unixSeconds: number): string {
  const code = createHmac("sha256", secret).update(`${unixSeconds}.${body}`).digest("hex");
  return `t=${unixSeconds},v1=${code}`;
}

/** Never throws: whatever goes wrong is an answer. Any status but 2xx is a failure; a redirect is not followed. */
export async function sendWebhook(address: string, message: Message, around: Surroundings): Promise<Answer> {
  const problem = webhookProblem(address, around);
  if (problem) return { status: null, error: `The address ${problem}.` };
  const { id, body, secret } = message;
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Quadrant",
    "quadrant-event": id,
    "quadrant-signature": signature(secret, body, Math.floor(Date.now() / 1000)),
  };
  try {
    const status = await post(new URL(address), headers, body);
    if (status >= 200 && status < 300) return { status, error: null };
    const isRedirect = status >= 300 && status < 400;
    return {
      status,
      error: isRedirect ? "It answered with a redirect, which is not followed." : `It answered ${status}.`,
    };
  } catch (error) {
    return { status: null, error: wordsOf(error) };
  }
}

function post(url: URL, headers: http.OutgoingHttpHeaders, body: string): Promise<number> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", headers, signal, lookup: guarded, agent: false }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) answer.destroy();
      });
      answer.on("error", reject);
      answer.on("close", () => resolve(answer.statusCode ?? 0));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

class RefusedAddress extends Error {}

/** The address is judged where it is used, so a name that resolves elsewhere a moment later gains nothing. */
const guarded: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, "");
    const [first] = found;
    if (!first || found.some(({ address }) => isRefusedIp(address))) {
      return callback(new RefusedAddress("The name leads to an address that is not allowed."), "");
    }
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};

function wordsOf(error: unknown): string {
  if (error instanceof RefusedAddress) return error.message;
  if (!(error instanceof Error)) return "It could not be reached.";
  if (error.name === "TimeoutError" || error.name === "AbortError") return `No answer within ${LIMIT_MS / 1000} s.`;
  const code = "code" in error ? String(error.code) : error.name;
  return `It could not be reached (${code}).`;
}
