import { formatNumber } from "@/components/ui/number";
import { formatDay, formatUtc } from "@/components/ui/time-format";
import { scale } from "./scale";

type Day = { day: string; count: number };

const HEIGHT = 150;
const LABELLED = [0, 10, 20, 29];

/** Bars from 0, and the same numbers as a table. */
export function SignUpsChart({ days, asOf }: { days: readonly Day[]; asOf: string }) {
  const { top, ticks } = scale(Math.max(...days.map(({ count }) => count)));
  const today = days.at(-1);
  return (
    <figure className="mt-2">
      <div aria-hidden className="relative ml-9" style={{ height: HEIGHT }}>
        {ticks.map((tick) => (
          <div
            key={tick}
            className="absolute inset-x-0 border-t border-grid"
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            <span className="absolute right-full -translate-y-1/2 pr-2 text-xs text-text-3">{formatNumber(tick)}</span>
          </div>
        ))}
        <div className="absolute inset-0 flex items-end gap-[3px] px-1">
          {days.map(({ day, count }, index) => (
            <span
              key={day}
              title={`${formatDay(day)}: ${formatNumber(count)}`}
              className={`min-w-0 flex-1 rounded-t-[2px] bg-chart-1 ${index === days.length - 1 ? "opacity-40" : ""}`}
              style={{ height: count === 0 ? 0 : `max(2px, ${(count / top) * 100}%)` }}
            />
          ))}
        </div>
      </div>
      <div aria-hidden className="relative ml-9 h-5 text-xs text-text-3">
        {LABELLED.filter((index) => days[index]).map((index) => (
          <span
            key={index}
            className="absolute pt-1 last:-translate-x-full"
            style={{ left: index === 29 ? "100%" : `${(index / 30) * 100}%` }}
          >
            {index === 29 ? "today" : formatDay(days[index]?.day ?? "").slice(0, 6)}
          </span>
        ))}
      </div>
      <figcaption className="mt-1 flex flex-wrap items-center gap-1.5 text-sm text-text-3">
        <span aria-hidden className="size-2.5 rounded-[2px] bg-chart-1 opacity-40" />
        today so far, {formatNumber(today?.count ?? 0)} by {formatUtc(asOf).slice(11, 16)} UTC
      </figcaption>
      <DayTable days={days} />
    </figure>
  );
}

function DayTable({ days }: { days: readonly Day[] }) {
  return (
    <details className="text-sm text-text-3">
      <summary className="inline-flex min-h-6 list-none items-center hover:text-text touch:min-h-11">
        Show as table
      </summary>
      <div className="max-h-52 overflow-y-auto" tabIndex={0} role="region" aria-label="New users a day">
        <table className="w-full max-w-xs text-text-2">
          <thead>
            <tr className="text-left">
              <th scope="col">Day, UTC</th>
              <th scope="col" className="text-right">
                New users
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, count }) => (
              <tr key={day}>
                <td>{formatDay(day)}</td>
                <td className="text-right">{formatNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
