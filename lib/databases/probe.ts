import "server-only";
import type { Engine } from "./schema";

/** What a server that answered says of itself; `degraded` is why it cannot do everything. */
export type Answer = { version: string; degraded: string | null };

export type Probe = {
  ask(): Promise<Answer>;
  close(): Promise<void>;
};

export type Outcome = { ok: true; answer: Answer; latencyMs: number } | { ok: false; reason: string };

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
    return { ok: false, reason: reasonOf(error) };
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

const REASONS: readonly [RegExp, string][] = [
  [/ECONNREFUSED/, "refused the connection"],
  [/ENOTFOUND|EAI_AGAIN/, "its host name is not known"],
  [/EHOSTUNREACH|ENETUNREACH/, "its host cannot be reached"],
  [
    /ECONNRESET|EPIPE|CONNECTION_(CLOSED|ENDED|DESTROYED)|Connection is closed|socket hang up/i,
    "closed the connection",
  ],
  [/28P01|28000|WRONGPASS|NOAUTH|AuthenticationFailed|security_exception|\b401\b/i, "refused the credentials"],
  [/53300|too many clients|max number of clients/i, "has no connection left"],
  [/57P0[123]|starting up|shutting down/i, "is starting or shutting down"],
  [/timed? ?out|timeout|did not answer|57014|CONNECT_TIMEOUT/i, LATE],
];

/** Why it failed, in words that hold no address, name or password. */
export function reasonOf(error: unknown): string {
  const text = describe(error, 0);
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? "answered with an error";
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
