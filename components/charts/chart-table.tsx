import type { PlotData } from "./plot-data";
import { timeText, valueText } from "./plot-text";

const MOST_ROWS = 60;

/** The numbers of a chart, newest first; of long ranges every nth. */
export function ChartTable({ title, data: { rows, series, unit, monthly } }: { title: string; data: PlotData }) {
  const every = Math.ceil(rows.length / MOST_ROWS);
  const shown = rows.toReversed().filter((_, index) => index % every === 0);
  return (
    <details className="px-3.5 pb-2 text-sm text-text-3">
      <summary className="inline-flex min-h-6 list-none items-center hover:text-text touch:min-h-11">
        Show as table
      </summary>
      <div className="max-h-60 overflow-auto" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
        <table className="data-table card">
          <caption className="sr-only">
            {title}
            {every > 1 ? `, every ${every}th of ${rows.length} measurements` : ""}
          </caption>
          <thead>
            <tr>
              <th scope="col">{monthly ? "Month" : "Time"}, UTC</th>
              {series.map(({ id, label }) => (
                <th key={id} scope="col" className="text-right">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(([at, ...values]) => (
              <tr key={at}>
                <td>{timeText(at, monthly)}</td>
                {values.map((value, index) => (
                  <td key={series[index]?.id} className="text-right">
                    {value === null ? "no data" : valueText(value, unit)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
