// Everything a rule may watch: the catalogue, and whether an engine answers.
import "server-only";
import { ENGINES, ENGINE_LABELS, type Engine, type EngineReport, type Values } from "@/lib/databases/schema";
import { isAtRest, showValue } from "@/lib/databases/signal";
import { CATALOGUE, signalName } from "@/lib/databases/signals";
import type { SignalChoice } from "./schema";

export type Watchable = SignalChoice & {
  /** Key of the value in a report. */
  id: string;
  impact: string | null;
  next: string | null;
  says(value: number | null, values: Values): string;
  /** There is no value because there is nothing to measure. */
  isAtRest(values: Values): boolean;
};

const ALL: readonly Watchable[] = [
  ...ENGINES.map(reachOf),
  ...ENGINES.flatMap((engine) =>
    CATALOGUE[engine].map(({ id, label, unit, impact, next, says, isIdle }) => ({
      id,
      name: signalName({ engine, id }),
      engine,
      label,
      unit,
      impact: impact ?? null,
      next: next ?? null,
      isAtRest: (values: Values) => isAtRest({ id, ...(isIdle && { isIdle }) }, values),
      says: (value: number | null, values: Values) =>
        value === null
          ? `${label}: no value`
          : (says?.(showValue(value, unit), values) ?? `${label}: ${showValue(value, unit)}`),
    })),
  ),
];

const byName = new Map(ALL.map((signal) => [signal.name, signal]));

export function watchable(name: string): Watchable | undefined {
  return byName.get(name);
}

export function choices(): SignalChoice[] {
  return ALL.map(({ name, engine, label, unit }) => ({ name, engine, label, unit }));
}

/** 0 while the engine does not answer or nobody knows whether it does; null while it comes up or is in maintenance. */
export function upValue({ health, reach }: Pick<EngineReport, "health" | "reach">): number | null {
  if (health.status === "maintenance" || reach === "starting") return null;
  return reach === "down" || reach === "unknown" ? 0 : 1;
}

function reachOf(engine: Engine): Watchable {
  return {
    id: "up",
    name: `${engine}.up`,
    engine,
    label: `${ENGINE_LABELS[engine]} answers`,
    unit: "yes",
    impact: engine === "postgres" ? "the console cannot be used" : "what it holds is missing on every page",
    next: "Open the engine's page: it says what the last probe met.",
    isAtRest: () => false,
    says: (value) => (value === 0 ? `${ENGINE_LABELS[engine]} does not answer` : `${ENGINE_LABELS[engine]} answers`),
  };
}
