// Whether a rule means something: a known signal, marks in order, a limit that can be passed and can be left.
import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/databases/postgres/pool";
import type { Unit } from "@/lib/databases/schema";
import type { Rule } from "./schema";
import { watchable } from "./signals";

type Checked = Pick<
  Rule,
  "signal" | "comparison" | "threshold" | "critical_threshold" | "clear" | "channels" | "critical_for_seconds"
>;
type Problem = [field: string, problem: string];

/** Throws AppError `invalid` naming every field that does not fit. */
export async function checkRule(tx: Db, rule: Checked): Promise<void> {
  const known = watchable(rule.signal);
  const problems: Problem[] = known ? markProblems(rule, known.unit) : [["signal", "is not measured"]];
  if (rule.channels !== null && rule.channels.length > 0) {
    const [row] = await tx.execute<{ found: number }>(sql`
      select count(*)::integer as found from system.alert_channels
      where deleted_at is null and id = any (${sql.param(rule.channels)}::uuid[])`);
    if (row?.found !== rule.channels.length) problems.push(["channels", "names a channel that does not exist"]);
  }
  if (problems.length === 0) return;
  const fields = Object.fromEntries(problems.map(([field, problem]) => [field, [problem]]));
  throw new AppError("invalid", "This rule would not do what it says.", { fields });
}

function markProblems(rule: Checked, unit: Unit): Problem[] {
  const { comparison, threshold, critical_threshold: critical, clear, critical_for_seconds: forCritical } = rule;
  if (comparison === "absent") {
    const given = Object.entries({
      threshold,
      critical_threshold: critical,
      clear,
      critical_for_seconds: forCritical,
    }).filter(([, mark]) => mark !== null);
    return given.map(([field]) => [field, "has no meaning for a value that is missing"]);
  }
  if (threshold === null) return [["threshold", "is missing"]];
  const isOver = comparison === "over";
  const most = unit === "percent" ? 100 : unit === "yes" ? 1 : Infinity;
  const marks = Object.entries({ threshold, critical_threshold: critical, clear });
  const problems = marks.flatMap(([field, mark]): Problem[] =>
    mark !== null && (mark < 0 || mark > most)
      ? [[field, most === Infinity ? "is below 0" : `is not from 0 to ${most}`]]
      : [],
  );
  if (isOver ? threshold === 0 : threshold === most) problems.push(["threshold", "would always hold"]);
  if (critical === null && forCritical !== null) problems.push(["critical_for_seconds", "needs a critical limit"]);
  if (critical !== null && (isOver ? critical < threshold : critical > threshold)) {
    problems.push(["critical_threshold", isOver ? "is below the limit" : "is above the limit"]);
  }
  if (clear !== null && (isOver ? clear > threshold : clear < threshold)) {
    problems.push(["clear", isOver ? "is above the limit" : "is below the limit"]);
  }
  return problems;
}
