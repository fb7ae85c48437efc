import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { metrics } from "@/lib/core/metrics";
import { env } from "@/lib/env";
import { fixedHeaders, forgeable, hopHeaders } from "./headers";
import { routeOf } from "./routes";

/** What a Request object cannot carry: Next answers it 500 before proxy.ts is asked. */
const UNREPRESENTABLE = new Set(["TRACE", "TRACK", "CONNECT"]);

/**
 * Runs before the framework sees a request: drops what only a trusted hop may say, names the peer's address in
 * `x-forwarded-for`, and sets the fixed headers, so that answers written before proxy.ts carry them too.
 */
function receive(request: IncomingMessage, response: Pick<ServerResponse, "setHeader">): void {
  const address = peerAddress(request, env().QUADRANT_CLIENT_IP_HEADER);
  const names = Object.keys(request.headers);
  for (const name of [...forgeable(names), ...hopHeaders(names)]) {
    delete request.headers[name];
  }
  if (address !== undefined) {
    request.headers["x-forwarded-for"] = address;
  }
  if (UNREPRESENTABLE.has(request.method ?? "")) {
    request.method = "OPTIONS"; // which proxy.ts refuses with 405
  }
  for (const [name, value] of Object.entries(fixedHeaders())) {
    response.setHeader(name, value);
  }
}

/** The last entry of the configured header, the one the reverse proxy itself appended; else the socket's peer. */
function peerAddress(request: IncomingMessage, trusted: string | undefined): string | undefined {
  const named = trusted === undefined ? undefined : request.headers[trusted.toLowerCase()];
  const list = Array.isArray(named) ? named.join(",") : named;
  return list?.split(",").at(-1)?.trim() || request.socket.remoteAddress;
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** What reverse proxies write when the caller left before the answer was complete. */
const LEFT = 499;

/** Times the answer; an event stream has no end worth timing. */
function measure({ url = "", method = "" }: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  const labels = { route: routeOf(url), method: METHODS.has(method) ? method : "other" };
  response.once("close", () => {
    if (isStream(response)) return;
    const status = String(response.writableFinished ? response.statusCode : LEFT);
    metrics().requests.observe({ ...labels, status }, (performance.now() - began) / 1000);
  });
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type")).startsWith("text/event-stream");
}

const underWay = new Set<ServerResponse>();

/** Listens to every HTTP server of this process; called once, from instrumentation. */
export function watchInbound(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    receive(request, response);
    measure(request, response);
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
  });
}

export function requestsUnderWay(): number {
  return underWay.size;
}

/** Event streams never end by themselves and would hold a stopping server open. */
export function endStreams(): void {
  for (const response of underWay) {
    if (isStream(response)) response.socket?.destroy();
  }
}
