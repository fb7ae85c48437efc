import { formatDay, formatUtc, relativeTime } from "./time-format";

type TimeProps = {
  /** ISO, UTC; nothing is written as `–`. */
  value: string | null | undefined;
  /** `auto`: relative under 24 h, then the day. `utc`: exact, for audit and health. */
  mode?: "auto" | "day" | "utc" | "clock";
  /** Reachable by Tab, so that focus shows the exact times too; not in long tables. */
  focusable?: boolean;
  className?: string;
};

/** Rendered on the server; hover or focus shows relative, local and UTC through `TimeTip` of the shell. */
export function Time({ value, mode = "auto", focusable = false, className }: TimeProps) {
  if (!value) {
    return <span className={className}>–</span>;
  }
  return (
    <time dateTime={value} data-tip="" tabIndex={focusable ? 0 : undefined} className={className}>
      {text(value, mode)}
    </time>
  );
}

function text(value: string, mode: NonNullable<TimeProps["mode"]>): string {
  if (mode === "utc") {
    return formatUtc(value);
  }
  if (mode === "clock") {
    return formatUtc(value).slice(11);
  }
  return mode === "day" ? formatDay(value) : relativeTime(value, Date.now());
}
