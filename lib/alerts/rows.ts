import "server-only";
import { sql } from "drizzle-orm";
import { alert_rules } from "@/drizzle/schema/alerts";
import { toIso } from "@/lib/core/paging";
import type { Alert, Rule } from "./schema";
import { watchable } from "./signals";

export const ruleColumns = {
  id: alert_rules.id,
  builtin: alert_rules.builtin,
  name: alert_rules.name,
  signal: alert_rules.signal,
  comparison: alert_rules.comparison,
  threshold: alert_rules.threshold,
  critical_threshold: alert_rules.critical_threshold,
  clear: alert_rules.clear,
  for_seconds: alert_rules.for_seconds,
  critical_for_seconds: alert_rules.critical_for_seconds,
  severity: alert_rules.severity,
  enabled: alert_rules.enabled,
  next_step: alert_rules.next_step,
  channels: alert_rules.channels,
  muted_until: alert_rules.muted_until,
  mute_reason: alert_rules.mute_reason,
  version: alert_rules.version,
  updated_at: alert_rules.updated_at,
};

export function toRule(row: Rule): Rule {
  return { ...row, muted_until: toIso(row.muted_until), updated_at: toIso(row.updated_at) };
}

/** A mute that has run out is none. */
export function isMuted({ muted_until }: Pick<Rule, "muted_until">, now: Date): boolean {
  return muted_until !== null && new Date(muted_until) > now;
}

/** An alert with what its rule says and who acknowledged it; the table `a` is the alert, `r` its rule. */
export const ALERT_COLUMNS = sql`
  a.id, a.rule_id, r.name, a.signal, a.state, a.severity, a.text, a.value, a.peak, a.threshold, r.comparison,
  r.next_step, a.started_at, a.seen_at, a.acknowledged_at, a.acknowledge_note, a.resolved_at, a.resolved_why,
  r.muted_until, r.mute_reason, r.version as rule_version, a.version,
  (select i.display_name from app.identity(a.acknowledged_by) i) as acknowledged_by`;

export type AlertRow = Omit<Alert, "unit" | "impact">;

export function toAlert(row: AlertRow): Alert {
  const known = watchable(row.signal);
  return {
    ...row,
    unit: known?.unit ?? null,
    impact: known?.impact ?? null,
    started_at: toIso(row.started_at),
    seen_at: toIso(row.seen_at),
    acknowledged_at: toIso(row.acknowledged_at),
    resolved_at: toIso(row.resolved_at),
    muted_until: toIso(row.muted_until),
  };
}
