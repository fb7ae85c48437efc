// Whether a rule holds: pure, so that the same values give the same alerts on whichever worker.
import "server-only";
import { type Condition, nextCondition } from "@/lib/databases/pressure";
import type { Comparison, Rule } from "./schema";

export type Judged = { condition: Condition | null; critical: Condition | null };

export const NOTHING: Judged = { condition: null, critical: null };

type Marks = Pick<Rule, "comparison" | "threshold" | "critical_threshold" | "clear" | "for_seconds"> &
  Partial<Pick<Rule, "critical_for_seconds">>;

/** Of a report: how old it is, and whether it found nothing that could be measured. */
type Reported = { ageS?: number; isIdle?: boolean };

/**
 * What a new value makes of a rule. A value that could not be read changes nothing, as a check that went blind neither
 * raises nor clears; only a rule on absence waits for it. Where there was nothing to measure the rule is at rest.
 */
export function judge(
  rule: Marks,
  before: Judged,
  value: number | null,
  at: Date,
  { ageS = 0, isIdle = false }: Reported = {},
): Judged {
  if (rule.comparison === "absent")
    return { condition: absent(rule, before.condition, value, at, ageS), critical: null };
  if (isIdle) return NOTHING;
  if (value === null || rule.threshold === null) return before;
  const mark = limitOf(rule, rule.threshold, rule.clear, rule.for_seconds);
  const condition = nextCondition(before.condition, value, mark, at);
  if (condition === null || rule.critical_threshold === null) return { condition, critical: null };
  const worse = limitOf(rule, rule.critical_threshold, null, rule.critical_for_seconds ?? rule.for_seconds);
  const critical = nextCondition(before.critical, value, worse, at);
  // Whatever is critical has lasted long enough for a warning.
  return { condition: { ...condition, holds: condition.holds || critical?.holds === true }, critical };
}

/** A limit as the catalogue writes one; without a mark of its own it ends where it began. */
function limitOf({ comparison }: { comparison: Comparison }, mark: number, clear: number | null, forS: number) {
  const side = comparison === "under" ? { under: mark } : { over: mark };
  return { ...side, clear: clear ?? mark, forS };
}

function absent(rule: Marks, before: Condition | null, value: number | null, at: Date, ageS: number) {
  const isOld = ageS > rule.for_seconds;
  if (value !== null && !isOld) return null;
  const since = before?.since ?? at.toISOString();
  return { since, holds: isOld || at.getTime() - Date.parse(since) >= rule.for_seconds * 1000 };
}
