// From measured values to conditions: a limit holds after it was passed for its time, and ends beyond its clear mark.
import "server-only";
import type { Passed, Values } from "./schema";
import { type Limit, type Signal, isAtRest, isBeyond, isClear, showValue } from "./signal";

/** Since when a limit is passed, and whether it has held for its time. */
export type Condition = { since: string; holds: boolean };
export type Conditions = Readonly<Record<string, Condition>>;

function limitKey(signal: Signal, { severity }: Limit): string {
  return `${signal.id}:${severity}`;
}

/**
 * The conditions after new values. A value that could not be read changes nothing: a check that went blind neither
 * raises nor clears. Where there was nothing to measure no limit is passed.
 */
export function nextConditions(before: Conditions, values: Values, signals: readonly Signal[], at: Date): Conditions {
  const after: Record<string, Condition> = { ...before };
  for (const signal of signals) {
    const value = values[signal.id];
    const isKnown = value !== undefined && value !== null;
    if (!isKnown && !isAtRest(signal, values)) continue;
    for (const limit of signal.limits) {
      const key = limitKey(signal, limit);
      const next = isKnown ? nextCondition(before[key] ?? null, value, limit, at) : null;
      if (next) after[key] = next;
      else delete after[key];
    }
  }
  return after;
}

/** The condition of one limit after one value; null when it is not passed. */
export function nextCondition(
  before: Condition | null,
  value: number,
  limit: Pick<Limit, "over" | "under" | "clear" | "forS">,
  at: Date,
): Condition | null {
  if (before?.holds) return isClear(value, limit) ? null : before;
  if (!isBeyond(value, limit)) return null;
  const since = before?.since ?? at.toISOString();
  return { since, holds: at.getTime() - Date.parse(since) >= limit.forS * 1000 };
}

/** Every limit that is passed now, the worse of two of one signal; critical ones first, then the oldest. */
export function passedLimits(conditions: Conditions, values: Values, signals: readonly Signal[]): Passed[] {
  const found = signals.flatMap((signal) => {
    const passed = signal.limits.filter((limit) => conditions[limitKey(signal, limit)]);
    const worst = passed.find(({ severity }) => severity === "critical") ?? passed[0];
    return worst ? [describe(signal, worst, conditions, values)] : [];
  });
  const rank = ({ severity, since }: Passed) => `${severity === "critical" ? 0 : 1}${since}`;
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Those that make the engine degraded now. */
export function reasonsOf(conditions: Conditions, values: Values, signals: readonly Signal[]): Passed[] {
  const degrading = signals.map((signal) => ({
    ...signal,
    limits: signal.limits.filter((limit) => limit.degrades && conditions[limitKey(signal, limit)]?.holds),
  }));
  return passedLimits(conditions, values, degrading);
}

function describe(signal: Signal, limit: Limit, conditions: Conditions, values: Values): Passed {
  const value = values[signal.id] ?? null;
  const shown = value === null ? "–" : showValue(value, signal.unit);
  const condition = conditions[limitKey(signal, limit)];
  return {
    signal: signal.id,
    text: signal.says?.(shown, values) ?? `${signal.label}: ${shown}`,
    value,
    limit: limit.over ?? limit.under ?? null,
    since: condition?.since ?? "",
    next: signal.next ?? null,
    severity: limit.severity,
    holds: condition?.holds ?? false,
    for_s: limit.forS,
  };
}
