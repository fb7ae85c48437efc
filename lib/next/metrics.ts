import "server-only";
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { scrape } from "@/lib/core/scrape";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import packageFile from "@/package.json";
import { problem } from "./failure";
import { stores } from "./stores";

/** The address Prometheus reads. No session opens it, and no token in the URL: addresses end up in logs. */
export function readMetrics(request: Request): Promise<Response> {
  return answerScrape(request, env().QUADRANT_METRICS_TOKEN, stores());
}

export async function answerScrape(request: Request, token: string | undefined, from: Stores): Promise<Response> {
  const requestId = request.headers.get("x-request-id") ?? randomUUID();
  if (token === undefined) {
    const error = new AppError("not_found", "Metrics are off. Set QUADRANT_METRICS_TOKEN to switch them on.");
    return problem(error, requestId);
  }
  if (!isBearer(request.headers.get("authorization"), token)) {
    const error = new AppError("unauthenticated", "Send QUADRANT_METRICS_TOKEN as Authorization: Bearer.");
    return problem(error, requestId, { "www-authenticate": 'Bearer realm="metrics"' });
  }
  const { type, text } = await scrape(from, packageFile.version);
  return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
}

/** Digests are of one length, so that comparing them tells nothing of the token. */
function isBearer(header: string | null, token: string): boolean {
  const [, given] = /^bearer +(\S+)$/i.exec(header ?? "") ?? [];
  if (given === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
