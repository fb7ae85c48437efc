// What the evaluator reads: every rule that watches, with its open alert and whether anybody may be told now.
import "server-only";
import type { Rule, Severity } from "@/lib/alerts/schema";
import type { Pool } from "@/lib/databases/postgres/pool";

export type OpenAlert = {
  id: string;
  signal: string;
  severity: Severity;
  acknowledged: boolean;
  told: boolean;
  peak: number | null;
  started_at: string;
};

export type Watched = Pick<
  Rule,
  | "id"
  | "name"
  | "signal"
  | "comparison"
  | "threshold"
  | "critical_threshold"
  | "clear"
  | "for_seconds"
  | "critical_for_seconds"
  | "severity"
  | "next_step"
  | "channels"
  | "version"
> & {
  /** False when it was switched off or deleted and only its alert is left. */
  active: boolean;
  muted: boolean;
  open: OpenAlert | null;
};

type Row = Omit<Watched, "open"> & {
  alert_id: string | null;
  alert_signal: string;
  alert_severity: Severity;
  acknowledged: boolean;
  told: boolean;
  peak: number | null;
  started_at: Date;
};

/** `muted` also while the engine is in a maintenance window. */
export async function readWatched(system: Pick<Pool, "query">): Promise<Watched[]> {
  const rows = await system.query<Row>(
    `select r.id, r.name, r.signal, r.comparison, r.threshold, r.critical_threshold, r.clear, r.for_seconds, r.critical_for_seconds,
       r.severity, r.next_step, r.channels, r.version, r.enabled and r.deleted_at is null as active,
       coalesce(r.muted_until > now(), false) or exists (
         select from system.maintenance_windows m
         where m.engine = split_part(r.signal, '.', 1) and m.starts_at <= now() and m.ends_at > now()
       ) as muted,
       a.id as alert_id, a.signal as alert_signal, a.severity as alert_severity, a.state = 'acknowledged' as acknowledged,
       a.told_at is not null as told, a.peak, a.started_at
     from system.alert_rules r
     left join system.alerts a on a.rule_id = r.id and a.resolved_at is null
     where (r.enabled and r.deleted_at is null) or a.id is not null`,
  );
  return rows.map(({ alert_id: id, alert_signal, alert_severity, acknowledged, told, peak, started_at, ...rule }) => ({
    ...rule,
    open:
      id === null
        ? null
        : {
            id,
            signal: alert_signal,
            severity: alert_severity,
            acknowledged,
            told,
            peak,
            started_at: new Date(started_at).toISOString(),
          },
  }));
}
