import type { PlotData } from "./plot-data";
import { timeText, valueText } from "./plot-text";

type Entry = { name?: unknown; value?: unknown; color?: string };
type PlotTipProps = Pick<PlotData, "unit" | "monthly"> & {
  active?: boolean;
  label?: unknown;
  payload?: readonly Entry[];
};

/** The values at the cursor, with the exact time. */
export function PlotTip({ unit, monthly, active, label, payload = [] }: PlotTipProps) {
  if (!active || typeof label !== "number") return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-sm shadow-md">
      <p className="text-text-3">{timeText(label, monthly)} UTC</p>
      {payload.map(({ name, value, color }) => (
        <p key={String(name)} className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3" style={{ background: color }} />
          <span className="text-text-2">{String(name)}</span>
          <b className="ml-auto pl-3 font-medium">{typeof value === "number" ? valueText(value, unit) : "no data"}</b>
        </p>
      ))}
    </div>
  );
}
