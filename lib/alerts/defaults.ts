// The rules a new platform begins with: every limit of the catalogue, and whether each engine answers.
import "server-only";
import { ENGINES, ENGINE_LABELS } from "@/lib/databases/schema";
import type { Limit, Signal } from "@/lib/databases/signal";
import { CATALOGUE, signalName } from "@/lib/databases/signals";
import type { Pool } from "@/lib/databases/postgres/pool";
import type { Rule } from "./schema";

type Default = Pick<
  Rule,
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
> & { builtin: string };

export function defaultRules(): Default[] {
  return [
    ...ENGINES.map((engine) => ({
      ...base(`${engine}.up`, `${ENGINE_LABELS[engine]} is down or unknown`, 0),
      comparison: "under" as const,
      severity: "critical" as const,
    })),
    ...ENGINES.flatMap((engine) => CATALOGUE[engine].flatMap(ofSignal)),
  ];
}

/**
 * Makes the rules that are not there yet, and gives those nobody has touched the catalogue's time of the critical limit. What an admin changed or switched off stays as it is; so does a rule whose
 * signal has left the catalogue, which then never fires.
 */
export async function keepDefaults(system: Pick<Pool, "query">): Promise<void> {
  await system.query(
    `insert into system.alert_rules
       (builtin, name, signal, comparison, threshold, critical_threshold, clear, for_seconds, critical_for_seconds,
        severity, next_step)
     select builtin, name, signal, comparison, threshold, critical_threshold, clear, for_seconds, critical_for_seconds,
       severity, next_step
     from jsonb_to_recordset($1::text::jsonb) as d (
       builtin text, name text, signal text, comparison text, threshold float8, critical_threshold float8, clear float8,
       for_seconds integer, critical_for_seconds integer, severity text, next_step text
     )
     on conflict (builtin) do update set critical_for_seconds = excluded.critical_for_seconds
     where alert_rules.version = 1 and alert_rules.critical_for_seconds is distinct from excluded.critical_for_seconds`,
    [JSON.stringify(defaultRules())],
  );
}

function base(signal: string, name: string, threshold: number): Default {
  return {
    builtin: signal,
    name,
    signal,
    comparison: "over",
    threshold,
    critical_threshold: null,
    clear: null,
    for_seconds: 0,
    critical_for_seconds: null,
    severity: "warn",
    next_step: null,
  };
}

/** One rule for each side of a signal: its warning, and above it the critical mark. */
function ofSignal(signal: Signal): Default[] {
  const sides = (["over", "under"] as const).flatMap((side) => {
    const limits = signal.limits.filter((limit) => limit[side] !== undefined);
    const first = limits.find(({ severity }) => severity === "warn") ?? limits[0];
    return first ? [ofLimit(signal, side, first, limits)] : [];
  });
  return sides.map((rule, index) => (index === 0 ? rule : { ...rule, builtin: `${rule.builtin}:${rule.comparison}` }));
}

function ofLimit(signal: Signal, side: "over" | "under", first: Limit, limits: readonly Limit[]): Default {
  const worse = limits.find((limit) => limit !== first && limit.severity === "critical");
  const name = signalName(signal);
  return {
    ...base(name, nameOf(signal), first[side] ?? 0),
    comparison: side,
    critical_threshold: worse?.[side] ?? null,
    clear: first.clear,
    for_seconds: first.forS,
    critical_for_seconds: worse && worse.forS !== first.forS ? worse.forS : null,
    severity: first.severity,
    next_step: signal.next ?? null,
  };
}

/** With its engine: a name stands alone in a message. An abbreviation keeps its capitals. */
function nameOf({ engine, label }: Signal): string {
  const starts = /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  return `${ENGINE_LABELS[engine]}: ${starts}`;
}
