// How a chart says its values and its times.
import type { Unit } from "@/lib/databases/schema";
import { formatMoney } from "../ui/money";
import { formatDay, formatUtc } from "../ui/time-format";
import { formatValue } from "../ui/value";

/** Of what is measured, or the smallest unit of a currency. */
export type PlotUnit = Unit | { currency: string };

export function valueText(value: number | null | undefined, unit: PlotUnit): string {
  if (typeof unit === "string") return formatValue(value, unit);
  return value === null || value === undefined ? "–" : formatMoney(value, unit.currency);
}

/** Short, for the axis: `$2.85M`. */
export function axisText(value: number, unit: PlotUnit): string {
  if (typeof unit === "string") return formatValue(value, unit);
  const { currency } = unit;
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const digits = new Intl.NumberFormat("en-US", style).resolvedOptions().maximumFractionDigits ?? 2;
  const short = { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat("en-US", { ...style, ...short }).format(value / 10 ** digits).replace("-", "−");
}

/** `Nov 2026` of a chart by months, otherwise the second, UTC. */
export function timeText(at: number, monthly: boolean | undefined): string {
  const iso = new Date(at).toISOString();
  return monthly ? formatDay(iso).slice(3) : formatUtc(iso);
}
