import { formatValue } from "@/components/ui/value";
import type { Comparison, Rule } from "@/lib/alerts/schema";
import { ENGINES, type Engine, type Unit } from "@/lib/databases/schema";

export const TABS = ["now", "cleared", "rules", "maintenance", "delivery"] as const;
export type Tab = (typeof TABS)[number];

export const TAB_LABELS: Record<Tab, string> = {
  now: "Now",
  cleared: "Cleared",
  rules: "Rules",
  maintenance: "Maintenance",
  delivery: "Delivery",
};

export const RULE_LABELS: Record<string, string> = {
  name: "Name",
  signal: "Signal",
  comparison: "Fires when",
  threshold: "Limit",
  critical_threshold: "Critical limit",
  clear: "Clears at",
  for_seconds: "For, in seconds",
  critical_for_seconds: "Critical after, in seconds",
  severity: "Severity",
  enabled: "Switched on",
  next_step: "Next step",
  channels: "Tells",
  muted_until: "Muted until",
  mute_reason: "Why it is muted",
};

export const COMPARISON_WORDS: Record<Comparison, string> = {
  over: "is at or over",
  under: "is at or under",
  absent: "is not measured",
};

type Marks = Pick<Rule, "comparison" | "threshold" | "for_seconds">;

/** `at or over 90 % for 2 min`, `yes for 1 min`, `not measured for 5 min`. */
export function limitWords({ comparison, threshold, for_seconds: forS }: Marks, unit: Unit | null): string {
  const lasting = forS > 0 ? ` for ${shown(forS, "s")}` : "";
  if (comparison === "absent") return `not measured${lasting}`;
  const isOver = comparison === "over";
  if (unit === "yes") return (isOver ? "yes" : "no") + lasting;
  return `${isOver ? "at or over" : "at or under"} ${shown(threshold, unit)}${lasting}`;
}

/** A small number that is not zero is not written as one; `1 min 0 s` is `1 min`. */
export function shown(value: number | null, unit: Unit | null): string {
  const isTiny = value !== null && value > 0 && value < 0.01;
  const words = formatValue(value, unit ?? "count");
  return isTiny ? words.replace(/^0/, value.toPrecision(1)) : words.replace(/ 0 (s|min)$/, "");
}

/** The engine a signal is of. */
export function engineOf(signal: string): Engine | null {
  return ENGINES.find((engine) => signal.startsWith(`${engine}.`)) ?? null;
}

/** `6 min 40 s` from one instant to another. */
export function lasted(from: string, to: string): string {
  return formatValue(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000), "s");
}

/** What a number in a field counts. */
export const UNIT_WORDS: Record<Unit, string> = {
  count: "",
  percent: "%",
  ratio: "",
  bytes: "bytes",
  bytes_per_s: "bytes/s",
  per_s: "per s",
  ms: "ms",
  s: "s",
  yes: "0 is no, 1 is yes",
};
