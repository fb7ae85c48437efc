// Whether a rule holds: pure, so that the same values give the same alerts on whichever worker.
import "server-only";
import { type Condition, nextCondition } from "@/lib/databases/pressure";
import type { Comparison, Rule } from "./schema";

export type Judged = { condition: Condition | null; critical: Condition | null };

export const NOTHING: Judged = { condition: null, critical: null };

type Marks = Pick<Rule, "comparison" | "threshold" | "critical_threshold" | "clear" | "for_seconds">;

/**
 * What a new value makes of a rule. A value that is missing changes nothing, as a check that went blind neither raises
 * nor clears; only a rule on absence waits for it. `age_s` is how old the report is.
 */
export function judge(rule: Marks, before: Judged, value: number | null, at: Date, ageS = 0): Judged {
  if (rule.comparison === "absent")
    return { condition: absent(rule, before.condition, value, at, ageS), critical: null };
  if (value === null || rule.threshold === null) return before;
  const condition = nextCondition(before.condition, value, limitOf(rule, rule.threshold, rule.clear), at);
  if (condition === null || rule.critical_threshold === null) return { condition, critical: null };
  const worse = limitOf(rule, rule.critical_threshold, null);
  return { condition, critical: nextCondition(before.critical, value, worse, at) };
}

/** A limit as the catalogue writes one; without a mark of its own it ends where it began. */
function limitOf(rule: Pick<Marks, "for_seconds"> & { comparison: Comparison }, mark: number, clear: number | null) {
  const side = rule.comparison === "under" ? { under: mark } : { over: mark };
  return { ...side, clear: clear ?? mark, forS: rule.for_seconds };
}

function absent(rule: Marks, before: Condition | null, value: number | null, at: Date, ageS: number) {
  const isOld = ageS > rule.for_seconds;
  if (value !== null && !isOld) return null;
  const since = before?.since ?? at.toISOString();
  return { since, holds: isOld || at.getTime() - Date.parse(since) >= rule.for_seconds * 1000 };
}
