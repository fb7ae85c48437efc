// The status of an engine from everything known of it: reach, pressure, maintenance, and a memory of recent changes.
import "server-only";
import { type State, nextState } from "./health";
import { type Conditions, nextConditions, reasonsOf } from "./pressure";
import type { Outcome } from "./probe";
import { type EngineHealth, type EngineStatus, type Values, answers } from "./schema";
import type { Signal } from "./signal";

/** So many changes of status within the window count as flapping; then the worst of them is held (Elasticsearch's own rule). */
const FLAPPING_CHANGES = 4;
const FLAPPING_WINDOW_MS = 1_800_000;

type Change = { at: string; from: EngineStatus; to: EngineStatus };

export type Verdict = {
  /** The reach alone, by the probes. */
  reach: State;
  conditions: Conditions;
  /** Changes of the status within the window. */
  changes: readonly Change[];
  health: EngineHealth;
  isFlapping: boolean;
};

export type Observation = {
  at: Date;
  outcome: Outcome;
  /** Newest known value of every signal; those not measured in this pass keep their last. */
  values: Values;
  /** Why the engine is in maintenance, or null. */
  maintenance: string | null;
  isComingUp?: boolean;
};

export function firstVerdict(reach: State): Verdict {
  return { reach, conditions: {}, changes: [], health: reach.health, isFlapping: false };
}

/** Pure: the same observations give the same verdicts, on whichever worker. */
export function nextVerdict(before: Verdict, seen: Observation, signals: readonly Signal[]): Verdict {
  const { at, outcome, values, maintenance, isComingUp = false } = seen;
  const reach = nextState(before.reach, outcome, at, isComingUp);
  // What was measured before an outage says nothing of the time after it.
  const isUp = answers(reach.health.status);
  const conditions = isUp ? nextConditions(before.conditions, values, signals, at) : {};
  const own = withPressure(reach.health, isUp ? reasonsOf(conditions, values, signals) : []);
  // What happens during maintenance was meant to happen: nothing of it is held against the engine afterwards.
  const changes = maintenance === null ? recent(before.changes, before.health.status, own.status, at) : [];
  const held = worstHeld(changes, own.status);
  const calm = held === null ? own : flapping(own, held, changes);
  const told = maintenance === null ? calm : inMaintenance(calm, maintenance);
  const since = told.status === before.health.status ? before.health.since : at.toISOString();
  return { reach, conditions, changes, health: { ...told, since }, isFlapping: held !== null };
}

function withPressure(health: EngineHealth, pressure: readonly EngineHealth["reasons"][number][]): EngineHealth {
  if (pressure.length === 0) return health;
  const reasons = [...health.reasons, ...pressure];
  return { ...health, status: "degraded", reason: reasons[0]?.text ?? null, reasons };
}

/** Starting and maintenance are no changes anybody needs to be kept from. */
function recent(changes: readonly Change[], from: EngineStatus, to: EngineStatus, at: Date): readonly Change[] {
  const oldest = at.getTime() - FLAPPING_WINDOW_MS;
  const kept = changes.filter((change) => Date.parse(change.at) > oldest);
  const last = kept.at(-1)?.to ?? from;
  const counts = last !== to && last !== "starting" && last !== "maintenance" && to !== "starting";
  return counts ? [...kept, { at: at.toISOString(), from: last, to }] : kept;
}

const BAD: readonly EngineStatus[] = ["down", "unknown", "degraded"];

function worstHeld(changes: readonly Change[], own: EngineStatus): EngineStatus | null {
  if (changes.length < FLAPPING_CHANGES) return null;
  const worst = BAD.find((status) => changes.some(({ from, to }) => from === status || to === status));
  return worst === undefined || worst === own ? null : worst;
}

function flapping(own: EngineHealth, held: EngineStatus, changes: readonly Change[]): EngineHealth {
  const text = `changed its status ${changes.length} times in 30 min; the worst of them is held`;
  const since = changes[0]?.at ?? own.since ?? "";
  const next = "Compare its last incidents: what they share keeps it from settling.";
  const reason = { signal: "flapping", text, value: changes.length, limit: FLAPPING_CHANGES, since, next };
  return { ...own, status: held, reason: text, reasons: [reason, ...own.reasons] };
}

function inMaintenance(health: EngineHealth, why: string): EngineHealth {
  return { ...health, status: "maintenance", reason: `In maintenance: ${why}` };
}
