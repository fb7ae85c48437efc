import { cn } from "../ui/cn";
import { formatNumber } from "../ui/number";

type MeterProps = {
  label: string;
  value: number | null;
  max?: number;
  /** Of a limit that is only known as a part. */
  share?: number | undefined;
  /** After the numbers: "0 waiting". */
  more?: string | undefined;
  tone?: "warn" | "bad" | undefined;
  /** Instead of grouped digits, as for bytes. */
  show?: (value: number) => string;
};

/** A value against its limit, both in words; the bar only repeats them. */
export function Meter({ label, value, max, share, more, tone, show = formatNumber }: MeterProps) {
  const part = Math.min(1, share ?? (value === null || !max ? 0 : value / max));
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-2 text-sm">
        <span className="text-text-3">{label}</span>
        <span className="text-text-2">
          <b className="font-semibold text-text">{value === null ? "–" : show(value)}</b>
          {max === undefined ? "" : ` of ${show(max)}`}
          {more ? (
            <span className={cn(tone === "warn" && "text-warn", tone === "bad" && "text-bad")}>, {more}</span>
          ) : null}
        </span>
      </p>
      <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-grid">
        <span
          className={cn("block h-full bg-chart-1", tone === "warn" && "bg-warn-fill", tone === "bad" && "bg-bad-fill")}
          style={{ width: part === 0 ? 0 : `max(3px, ${part * 100}%)` }}
        />
      </span>
    </div>
  );
}
