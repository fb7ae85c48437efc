import "server-only";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/env";

/**
 * The origins this console answers to: the configured one, and on the local stack its twin, because `localhost` and
 * `127.0.0.1` reach the same server.
 */
export function ownOrigins(url: string, local: boolean): ReadonlySet<string> {
  const place = new URL(url);
  const origins = new Set([place.origin]);
  if (local && (place.hostname === "localhost" || place.hostname === "127.0.0.1")) {
    place.hostname = place.hostname === "localhost" ? "127.0.0.1" : "localhost";
    origins.add(place.origin);
  }
  return origins;
}

/** The address people type; locally the printed one. */
export function consoleUrl(): string {
  const { QUADRANT_URL, PORT } = env();
  return QUADRANT_URL ?? `http://localhost:${PORT}`;
}

let own: ReadonlySet<string> | undefined;

function configuredOrigins(): ReadonlySet<string> {
  own ??= ownOrigins(consoleUrl(), env().QUADRANT_STACK === "local");
  return own;
}

/** Never looks at Host or X-Forwarded-Host: both come from whoever sent the request. */
export function isSameOrigin(headers: Headers, origins: ReadonlySet<string> = configuredOrigins()): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") {
    return false;
  }
  const origin = headers.get("origin");
  return origin !== null && origins.has(origin);
}

/** For every mutation. Throws AppError `forbidden` when the request does not name this console as its origin. */
export function assertSameOrigin(headers: Headers): void {
  if (!isSameOrigin(headers)) {
    throw new AppError("forbidden", "The request did not come from this console. Open the console and try again.");
  }
}
