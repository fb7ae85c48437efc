import type { AlertCounts } from "@/lib/alerts/schema";

/** Rules are checked every 10 s; three checks missed and a moment more, and nobody does. */
const LATE_MS = 35_000;

/** `no_rules`: none is switched on. `never`: no worker has measured yet. `stopped`: none does any more. */
export type WatchState = "watched" | "no_rules" | "never" | "stopped";

export function watchState({ rules, checked_at }: Pick<AlertCounts, "rules" | "checked_at">, now: number): WatchState {
  if (rules === 0) return "no_rules";
  if (checked_at === null) return "never";
  return now - Date.parse(checked_at) > LATE_MS ? "stopped" : "watched";
}
