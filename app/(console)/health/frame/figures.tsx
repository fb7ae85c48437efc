import type { ReactNode } from "react";
import { Stat, Stats } from "@/components/ui/stat";
import { formatValue } from "@/components/ui/value";
import type { Blind, EngineReport, Unit, Values } from "@/lib/databases/schema";

type Told = string | ((values: Values) => string | null);

/** A key number: of a signal, or worded out of all values. */
export type Figure = {
  label: string;
  hint?: Told;
  /** Names of the checks, as its collector calls them, without which this has no value. */
  checks: readonly string[];
} & ({ signal: string; unit: Unit; value?: Told } | { value: Told; signal?: string });

type FiguresProps = { figures: readonly Figure[]; report: EngineReport | null };

export function Figures({ figures, report }: FiguresProps) {
  return (
    <Stats className="max-xl:grid-flow-row max-xl:grid-cols-3">
      {figures.map((figure) => (
        <Stat key={figure.label} label={figure.label} {...figureOf(figure, report)} />
      ))}
    </Stats>
  );
}

/** What a figure says of a report: its value, or that nobody knows it and why. */
export function figureOf(figure: Figure, report: EngineReport | null) {
  const values = report?.values ?? {};
  const text = textOf(figure, values);
  const passed = report?.passed.find(({ signal, holds }) => signal === figure.signal && holds);
  const tone = passed ? (passed.severity === "critical" ? ("bad" as const) : ("warn" as const)) : undefined;
  if (text === null) return { value: missing(figure, report), hint: undefined, tone };
  return { value: text, hint: figure.hint === undefined ? undefined : told(figure.hint, values), tone };
}

/** Null when nothing is known of it. */
export function textOf(figure: Figure, values: Values): string | null {
  return figure.value !== undefined ? told(figure.value, values) : measured(figure, values);
}

/** The check that could not be made, and without which the figure has no value. */
export function blindOf({ checks }: Figure, report: Pick<EngineReport, "blind"> | null): Blind | undefined {
  return report?.blind.find(({ check }) => checks.includes(check));
}

function told(words: Told, values: Values): string | null {
  return typeof words === "string" ? words : words(values);
}

function measured(figure: Figure, values: Values): string | null {
  if (!("unit" in figure)) return null;
  const value = values[figure.signal] ?? null;
  return value === null ? null : formatValue(value, figure.unit);
}

function missing(figure: Figure, report: EngineReport | null): ReactNode {
  const blind = blindOf(figure, report);
  if (!blind) return "–";
  return (
    <span
      title={blind.why}
      className="rounded-sm border border-dashed border-input px-1.5 text-sm font-medium text-text-2"
    >
      {blind.kind === "not_reported" ? "Not offered" : "Unknown"}
    </span>
  );
}
