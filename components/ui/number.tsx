const NUMBER = new Intl.NumberFormat("en-US");

/** All digits, grouped; `–` when there is no value. */
export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : NUMBER.format(value).replace("-", "−");
}

/** `412 ms`, `0.6 ms`, `1.8 s`: three significant digits at most. */
export function formatMs(ms: number): string {
  if (ms >= 1000) {
    return `${(ms / 1000).toFixed(1)}\u2009s`;
  }
  return `${ms >= 1 ? Math.round(ms) : ms.toFixed(1)}\u2009ms`;
}

type CountProps = { value: number; exact: boolean };

/** A count that says whether it is estimated. */
export function Count({ value, exact }: CountProps) {
  return exact ? (
    <>
      {formatNumber(value)} <span className="text-sm">exact</span>
    </>
  ) : (
    <>
      ≈ {formatNumber(value)} <span className="text-sm">estimated</span>
    </>
  );
}
