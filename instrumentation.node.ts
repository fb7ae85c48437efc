import { setTimeout as pause } from "node:timers/promises";
import type { Instrumentation } from "next";
import { closeStores } from "@/lib/core/stores";
import { loggable } from "@/lib/core/translate";
import { endStreams, requestsUnderWay, watchInbound } from "@/lib/next/inbound";
import { stores } from "@/lib/next/stores";

const DRAIN_MS = 4_000;

/** Once per web process, before its first request. Throws when an engine answers and is older than what is needed. */
export async function start(): Promise<void> {
  watchInbound();
  const { databases, engines } = stores();
  await databases.monitor.assertVersions();
  engines.start();
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Next itself stops listening and ends the process; this lets answers under way finish before their pools close. */
async function stop(): Promise<void> {
  endStreams();
  for (let waitedMs = 0; requestsUnderWay() > 0 && waitedMs < DRAIN_MS; waitedMs += 50) {
    await pause(50);
  }
  await closeStores(stores());
}

type Reported = Parameters<Instrumentation.onRequestError>;

/** Failures we foresaw are answers, not errors; the bundler copies their class, so the name has to do. */
export function logRequestError(error: Reported[0], request: Reported[1], context: Reported[2]): void {
  if (error instanceof Error && error.name === "AppError" && "status" in error && Number(error.status) < 500) {
    return;
  }
  stores().log.error(
    {
      request_id: request.headers["x-request-id"],
      method: request.method,
      route: context.routePath,
      kind: context.routeType,
      err: loggable(error),
    },
    "A request failed.",
  );
}
