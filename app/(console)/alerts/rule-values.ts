import type { Rule } from "@/lib/alerts/schema";

/** A rule as a form holds it: words, empty for none. */
export type RuleValues = Record<
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
  | "channels",
  string
>;

const NEW: RuleValues = {
  name: "",
  signal: "",
  comparison: "over",
  threshold: "",
  critical_threshold: "",
  clear: "",
  for_seconds: "60",
  critical_for_seconds: "",
  severity: "warn",
  next_step: "",
  channels: "",
};

export function valuesOf(rule: Partial<Rule> | null): RuleValues {
  const given: Record<string, unknown> = rule ?? {};
  const entries = Object.entries(NEW).map(([name, fallback]) => [name, wordOf(given[name], rule ? "" : fallback)]);
  return { ...NEW, ...Object.fromEntries(entries) };
}

function wordOf(value: unknown, fallback: string): string {
  if (Array.isArray(value)) return value.join(",");
  return value === null || value === undefined ? fallback : String(value);
}

/** What is sent: everything of a new rule, what differs of an old one. Absence has no marks. */
export function fieldsOf(base: RuleValues | null, mine: RuleValues): Partial<RuleValues> {
  const isAbsent = mine.comparison === "absent";
  const cleaned: RuleValues = isAbsent
    ? { ...mine, threshold: "", critical_threshold: "", critical_for_seconds: "", clear: "" }
    : mine;
  const entries = Object.entries(cleaned).filter(([name, value]) => {
    const before: string | undefined = base ? Object.entries(base).find(([key]) => key === name)?.[1] : undefined;
    return before !== value.trim();
  });
  return Object.fromEntries(entries.map(([name, value]) => [name, value.trim()]));
}
