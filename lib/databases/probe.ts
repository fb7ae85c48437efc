import "server-only";
import type { Engine } from "./schema";

/** What a server that answered says of itself; `degraded` is why it cannot do everything. */
export type Answer = { version: string; degraded: string | null };

export type Probe = {
  ask(): Promise<Answer>;
  close(): Promise<void>;
};

/**
 * What a failure means: `away` counts toward down; `full` and `busy` are a server that answers nobody else either;
 * `starting` is given time; `refused` is about us, not about the server.
 */
export type FailureKind = "away" | "full" | "busy" | "starting" | "refused";

export type Outcome =
  { ok: true; answer: Answer; latencyMs: number } | { ok: false; reason: string; kind: FailureKind };

const PROBE_MS = 1_500;
const TICK_MS = 100;

/** Oldest versions whose behaviour the console was proven on; Valkey counts its own. */
const MINIMUM: Record<Engine | "valkey", string> = {
  postgres: "18",
  mongodb: "7",
  redis: "7",
  valkey: "8",
  elasticsearch: "8.19",
};

/** Asks once, at most PROBE_MS of this process's own time; never throws. */
export async function askOnce(probe: Probe): Promise<Outcome> {
  const from = performance.now();
  const late = lateness();
  try {
    const answer = await Promise.race([probe.ask(), late.promise]);
    return { ok: true, answer, latencyMs: Math.round((performance.now() - from) * 10) / 10 };
  } catch (error) {
    return { ok: false, ...failureOf(error) };
  } finally {
    late.cancel();
  }
}

/** Counts ticks, not time: while this process was too busy to read the answer, the engine is not to blame. */
function lateness(): { promise: Promise<never>; cancel: () => void } {
  let ticks = 0;
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      ticks += 1;
      if (ticks * TICK_MS >= PROBE_MS) reject(new Error(LATE));
    }, TICK_MS);
  });
  return { promise, cancel: () => clearInterval(timer) };
}

const LATE = `did not answer in ${PROBE_MS / 1000} s`;

const REASONS: readonly [RegExp, string, FailureKind][] = [
  [/ECONNREFUSED/, "refused the connection", "away"],
  [/ENOTFOUND|EAI_AGAIN/, "its host name is not known", "away"],
  [/EHOSTUNREACH|ENETUNREACH/, "its host cannot be reached", "away"],
  [/too many connections for (role|database)/i, "lets this role open no more connections: raise its limit", "refused"],
  [/53300|too many clients|max number of clients/i, "has no connection left", "full"],
  [/57P0[123]|starting up|shutting down|not yet accepting|\bLOADING\b/i, "is starting or shutting down", "starting"],
  [/\bBUSY\b/, "is busy with a script", "busy"],
  [
    /28P01|28000|WRONGPASS|NOAUTH|AuthenticationFailed|security_exception|\b401\b/i,
    "refused the credentials",
    "refused",
  ],
  [/3D000/, "has no database of this name", "refused"],
  [/NOPERM|42501|\b403\b/, "does not let this user ask", "refused"],
  [
    /ECONNRESET|EPIPE|CONNECTION_(CLOSED|ENDED|DESTROYED)|Connection is closed|socket hang up/i,
    "closed the connection",
    "away",
  ],
  [/timed? ?out|timeout|did not answer|57014|CONNECT_TIMEOUT/i, LATE, "away"],
];

/** Why it failed, in words that hold no address, name or password. */
export function reasonOf(error: unknown): string {
  return failureOf(error).reason;
}

/** The same with what it means for the status. */
export function failureOf(error: unknown): { reason: string; kind: FailureKind } {
  const text = describe(error, 0);
  const [, reason, kind] = REASONS.find(([pattern]) => pattern.test(text)) ?? [];
  return { reason: reason ?? "answered with an error", kind: kind ?? "away" };
}

function describe(error: unknown, depth: number): string {
  if (!(error instanceof Error) || depth > 3) return "";
  const code = "code" in error ? String(error.code) : "";
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [code, error.message, ...inner.map((each: unknown) => describe(each, depth + 1))].join(" ");
}

/** Null when the version will do, else the sentence that says which one is needed. */
export function tooOld(engine: Engine, label: string, version: string): string | null {
  const isValkey = version.startsWith("Valkey ");
  const needed = MINIMUM[isValkey ? "valkey" : engine];
  const has = version.replace(/^Valkey /, "");
  return compare(has, needed) < 0
    ? `${isValkey ? "Valkey" : label} ${has} is too old: ${needed} or newer is needed`
    : null;
}

function compare(version: string, needed: string): number {
  const [have, want] = [version, needed].map((text) => text.split(".").map((part) => Number.parseInt(part, 10) || 0));
  const position = (want ?? []).findIndex((part, index) => part !== (have?.[index] ?? 0));
  return position < 0 ? 0 : (have?.[position] ?? 0) - (want?.[position] ?? 0);
}
