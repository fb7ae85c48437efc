import "server-only";
import type { Engine, EngineHealth } from "@/lib/databases/schema";
import { canServe, overall } from "@/lib/health/overall";
import { currentSession } from "./context";
import { stores } from "./stores";

type Reported = Pick<EngineHealth, "status" | "reason" | "latency_ms" | "checked_at" | "version">;

const json = (body: object, ok: boolean) =>
  Response.json(body, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });

/** Answers from the last probes; asks no engine, so that it cannot hang on one. */
export const health = {
  /** For programs and people; the engines only for those who may see health. */
  async report(): Promise<Response> {
    const { status, engines } = overall(stores().engines.health());
    const shown = (await maySeeEngines()) ? { engines: byEngine(engines) } : {};
    return json({ status, ...shown }, canServe(stores().engines.reach()));
  },

  /** The process answers. */
  async live(): Promise<Response> {
    return json({ status: "ok" }, true);
  },

  /** Requests can be sent here. */
  async ready(): Promise<Response> {
    const isReady = canServe(stores().engines.reach());
    return json({ status: isReady ? "ready" : "not ready" }, isReady);
  },
};

/** Nobody signed in and nobody to ask are the same here: the answer says less. */
async function maySeeEngines(): Promise<boolean> {
  try {
    const session = await currentSession();
    return session?.permissions.includes("health.read") ?? false;
  } catch {
    return false;
  }
}

function byEngine(engines: readonly EngineHealth[]): Partial<Record<Engine, Reported>> {
  return Object.fromEntries(
    engines.map(({ engine, status, reason, latency_ms, checked_at, version }) => [
      engine,
      { status, reason, latency_ms, checked_at, version },
    ]),
  );
}
