const SIGNS = { usual: "auto", always: "exceptZero" } as const;

/** The books hold hundredths at most, whatever else a currency knows. */
const MOST_DIGITS = 2;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, sign: keyof typeof SIGNS): Intl.NumberFormat {
  const key = `${currency} ${sign}`;
  const known = formats.get(key);
  if (known) return known;
  const style = { style: "currency", currency, signDisplay: SIGNS[sign] } as const;
  const { maximumFractionDigits: digits = MOST_DIGITS } = new Intl.NumberFormat("en-US", style).resolvedOptions();
  const bounded = Math.min(digits, MOST_DIGITS);
  const made = new Intl.NumberFormat("en-US", {
    ...style,
    minimumFractionDigits: bounded,
    maximumFractionDigits: bounded,
  });
  formats.set(key, made);
  return made;
}

/** `$1,840.00`, `−$120.00`, `¥4,200`; with the sign always, `+$1,488.00`. */
export function formatMoney(minor: number, currency: string, sign: keyof typeof SIGNS = "usual"): string {
  const format = formatOf(currency, sign);
  const { maximumFractionDigits: digits = MOST_DIGITS } = format.resolvedOptions();
  return format.format(minor / 10 ** digits).replace("-", "−");
}

type MoneyProps = { minor: number; currency: string; sign?: keyof typeof SIGNS; className?: string };

/** An amount with figures of one width. */
export function Money({ minor, currency, sign, className = "" }: MoneyProps) {
  return <span className={`whitespace-nowrap tabular-nums ${className}`}>{formatMoney(minor, currency, sign)}</span>;
}
