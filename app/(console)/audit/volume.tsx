import { formatNumber } from "@/components/ui/number";
import { formatDay, formatUtc } from "@/components/ui/time-format";
import type { AuditFacets } from "@/lib/audit/schema";
import type { Attempt } from "@/lib/next/load";
import { filled, type Bar } from "./volume-bars";

/** Events per hour or day, refused ones on top; the bar that still grows is pale. */
export async function Volume({ facets }: { facets: Promise<Attempt<AuditFacets>> }) {
  const found = await facets;
  if (!found.ok || found.value.volume.bars.length === 0) {
    return null;
  }
  const { step } = found.value.volume;
  const bars = filled(found.value.volume.bars, step);
  const most = Math.max(...bars.map(({ count }) => count));
  const first = bars[0]?.at ?? "";
  const label = (at: string) => (step === "hour" ? `${formatUtc(at).slice(5, 16)} UTC` : formatDay(at));
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  return (
    <figure className="pb-2.5">
      <figcaption className="sr-only">
        {formatNumber(total)} events per {step}, at most {formatNumber(most)}
      </figcaption>
      <div aria-hidden className="flex h-[38px] items-end gap-0.5">
        {bars.map((bar, index) => (
          <VolumeBar key={bar.at} bar={bar} most={most} title={label(bar.at)} running={index === bars.length - 1} />
        ))}
      </div>
      <p aria-hidden className="flex justify-between pt-1 text-xs text-text-3">
        <span>{label(first)}</span>
        <span>now</span>
      </p>
      <VolumeTable bars={bars} label={label} />
    </figure>
  );
}

function VolumeBar({ bar, most, title, running }: { bar: Bar; most: number; title: string; running: boolean }) {
  const { count, failed } = bar;
  const height = (part: number) => ({ height: part === 0 ? 0 : `max(2px, ${(part / most) * 100}%)` });
  return (
    <span
      title={`${title}: ${formatNumber(count)} events, ${formatNumber(failed)} refused`}
      className={`flex h-full min-w-0 flex-1 flex-col justify-end ${running ? "opacity-45" : ""}`}
    >
      <span className="rounded-t-[1px] bg-bad-fill" style={height(failed)} />
      <span className="bg-chart-1" style={height(count - failed)} />
    </span>
  );
}

function VolumeTable({ bars, label }: { bars: readonly Bar[]; label: (at: string) => string }) {
  return (
    <details className="text-sm text-text-3">
      <summary className="inline-flex min-h-6 list-none items-center hover:text-text">Show as table</summary>
      <div className="max-h-48 overflow-y-auto" tabIndex={0} role="region" aria-label="Events over time">
        <table className="w-full max-w-md text-text-2">
          <thead>
            <tr className="text-left">
              <th scope="col">Time</th>
              <th scope="col">Events</th>
              <th scope="col">Refused</th>
            </tr>
          </thead>
          <tbody>
            {bars
              .filter(({ count }) => count > 0)
              .map(({ at, count, failed }) => (
                <tr key={at}>
                  <td>{label(at)}</td>
                  <td>{formatNumber(count)}</td>
                  <td>{formatNumber(failed)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
