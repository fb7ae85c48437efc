// From single probes to a status: one bad answer is not an outage, and one good answer not its end.
import "server-only";
import type { Outcome } from "./probe";
import type { Engine, EngineHealth } from "./schema";

const FAILURES_TO_DOWN = 3;
const SUCCESSES_TO_RETURN = 2;

/** The status of one engine and how many answers in a row contradict it. */
export type State = { readonly health: EngineHealth; readonly against: number };

export function initialState(engine: Engine, at: Date): State {
  const since = at.toISOString();
  return {
    health: {
      engine,
      status: "starting",
      reason: null,
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
  return { health: { ...health, status: "unknown", reason }, against: 0 };
}

/**
 * The first outcome decides; then three failures in a row mean down, and two successes in a row mean back. While
 * `isComingUp` (an engine that was started with the console) a failure before the first success is not an outage yet.
 */
export function nextState(state: State, outcome: Outcome, at: Date, isComingUp = false): State {
  const { health } = state;
  if (!outcome.ok) {
    const against = health.status === "down" ? 0 : state.against + 1;
    if (health.status === "starting" && isComingUp)
      return settle(state, { status: "starting", reason: outcome.reason }, at);
    if (health.status === "starting" || health.status === "down" || against >= FAILURES_TO_DOWN) {
      return settle(state, { status: "down", reason: outcome.reason, latency_ms: null }, at);
    }
    return { health: { ...health, latency_ms: null, checked_at: at.toISOString() }, against };
  }
  const { answer, latencyMs } = outcome;
  const against = health.status === "down" ? state.against + 1 : 0;
  const seen = { latency_ms: latencyMs, version: answer.version };
  if (health.status === "down" && against < SUCCESSES_TO_RETURN) {
    return { health: { ...health, ...seen, checked_at: at.toISOString() }, against };
  }
  return settle(state, { ...seen, status: answer.degraded ? "degraded" : "healthy", reason: answer.degraded }, at);
}

function settle(state: State, now: Partial<EngineHealth>, at: Date): State {
  const time = at.toISOString();
  const isChange = now.status !== state.health.status;
  return {
    health: { ...state.health, ...now, checked_at: time, since: isChange ? time : state.health.since },
    against: 0,
  };
}
