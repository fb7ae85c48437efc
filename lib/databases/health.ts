// From single probes to a status: one bad answer is not an outage, and one good answer not its end.
import "server-only";
import type { FailureKind, Outcome } from "./probe";
import type { Engine, EngineHealth, EngineStatus, Reason } from "./schema";

const FAILURES_TO_DOWN = 3;
const SUCCESSES_TO_RETURN = 2;
/** A server may take so long to start or to load its data before that is an outage. */
const STARTING_LIMIT_MS = 300_000;

/** The status of one engine and how many answers in a row contradict it. */
export type State = { readonly health: EngineHealth; readonly against: number };

export function initialState(engine: Engine, at: Date): State {
  const since = at.toISOString();
  return {
    health: {
      engine,
      status: "starting",
      reason: null,
      reasons: [],
      latency_ms: null,
      checked_at: null,
      version: null,
      since,
    },
    against: 0,
  };
}

/** An engine nobody configured: there is nothing to ask, only something to say. */
export function absentState(engine: Engine, reason: string, at: Date): State {
  const { health } = initialState(engine, at);
  return { health: { ...health, status: "unknown", reason, reasons: [reached(reason, at, null, null)] }, against: 0 };
}

/**
 * The first outcome decides; then three failures in a row mean down, and two successes in a row mean back. While
 * `isComingUp` (an engine that was started with the console) a failure before the first success is not an outage yet.
 */
export function nextState(state: State, outcome: Outcome, at: Date, isComingUp = false): State {
  return outcome.ok ? afterAnswer(state, outcome, at) : afterFailure(state, outcome, at, isComingUp);
}

function afterAnswer(state: State, { answer, latencyMs }: Extract<Outcome, { ok: true }>, at: Date): State {
  const { health } = state;
  const against = health.status === "down" ? state.against + 1 : 0;
  const seen = { latency_ms: latencyMs, version: answer.version };
  if (health.status === "down" && against < SUCCESSES_TO_RETURN) {
    return { health: { ...health, ...seen, checked_at: at.toISOString() }, against };
  }
  return settle(state, answer.degraded ? "degraded" : "healthy", { reason: answer.degraded, next: null }, at, seen);
}

/** What to do about a server that cannot be asked; nothing else that is known of it matters until then. */
const NEXT: Record<FailureKind, string> = {
  away: "Look whether its process runs and can be reached from here, and read the end of its log.",
  full: "Close connections that nobody needs, or raise the limit of the server.",
  busy: "Wait for the script, or kill it.",
  starting: "Wait; its log says how far it has come.",
  refused: "Correct what the console signs in with, or the rights and limits of that user.",
};

/** What a failure makes of the status at once; the kinds that are missing need three in a row. */
const AT_ONCE: Partial<Record<FailureKind, EngineStatus>> = { full: "degraded", busy: "degraded", refused: "unknown" };

function afterFailure(
  state: State,
  { reason, kind }: Extract<Outcome, { ok: false }>,
  at: Date,
  isComingUp: boolean,
): State {
  const { health } = state;
  const silent = { latency_ms: null };
  const said = { reason, next: NEXT[kind] };
  const atOnce = AT_ONCE[kind];
  if (atOnce) return settle(state, atOnce, said, at, silent);
  if (kind === "starting" && health.status !== "down") {
    const isLate = health.status === "starting" && at.getTime() - Date.parse(health.since ?? "") > STARTING_LIMIT_MS;
    return settle(state, isLate ? "down" : "starting", said, at, silent);
  }
  const against = health.status === "down" ? 0 : state.against + 1;
  if (health.status === "starting" && isComingUp) return settle(state, "starting", said, at, silent);
  const isNew = health.status === "starting" || health.status === "down";
  if (isNew || against >= FAILURES_TO_DOWN) return settle(state, "down", said, at, silent);
  return { health: { ...health, ...silent, checked_at: at.toISOString() }, against };
}

function settle(
  { health }: State,
  status: EngineStatus,
  { reason, next }: Pick<EngineHealth, "reason"> & Pick<Reason, "next">,
  at: Date,
  seen: Partial<EngineHealth>,
): State {
  const time = at.toISOString();
  const since = status === health.status ? health.since : time;
  const reasons = reason === null ? [] : [reached(reason, at, health, next)];
  return { health: { ...health, ...seen, status, reason, reasons, checked_at: time, since }, against: 0 };
}

/** The probe's own reason; it began when the same was first said. */
function reached(text: string, at: Date, before: EngineHealth | null, next: string | null): Reason {
  const same = before?.reasons.find((reason) => reason.signal === "reach" && reason.text === text);
  return { signal: "reach", text, value: null, limit: null, since: same?.since ?? at.toISOString(), next };
}
