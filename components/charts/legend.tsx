import { DASHES } from "./dashes";
import type { PlotData, PlotSeries } from "./plot-data";

/** Which line is which: by colour, and by dash where lines cross. */
export function Legend({ series, kind }: { series: readonly PlotSeries[]; kind: PlotData["kind"] }) {
  return (
    <ul className="ml-auto flex flex-wrap gap-x-3 text-sm text-text-2">
      {series.map(({ id, label, color }, index) => (
        <li key={id} className="flex items-center gap-1.5">
          <svg width="18" height="8" aria-hidden>
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              stroke={`var(--chart-${color})`}
              strokeWidth={kind === "line" ? 2 : 6}
              strokeDasharray={kind === "line" ? DASHES[index % DASHES.length] : undefined}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
