// Amounts as the store writes them, and as the code counts them: whole numbers of the currency's smallest unit.
import "server-only";
import { CURRENCIES, EXPONENTS, type Currency } from "./schema";

/** Throws for a code the store never holds. */
export function asCurrency(code: string): Currency {
  const known = CURRENCIES.find((currency) => currency === code);
  if (known === undefined) throw new TypeError(`${code} is not a currency of ours.`);
  return known;
}

/** "1049.50" of USD is 104950; "1500.00" of JPY is 1500. The store always writes two decimals. */
export function toMinor(decimal: string, currency: Currency): number {
  const [, sign = "", whole = "", part = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal) ?? [];
  if (whole === "") throw new TypeError(`${decimal} is not an amount.`);
  const cents = Number(whole + part.padEnd(2, "0"));
  const minor = EXPONENTS[currency] === 0 ? cents / 100 : cents;
  if (!Number.isSafeInteger(minor)) throw new TypeError(`${decimal} is not an amount of ${currency}.`);
  return sign === "-" && minor !== 0 ? -minor : minor;
}

/** The other way round, for numeric columns. */
export function toDecimal(minor: number, currency: Currency): string {
  if (!Number.isSafeInteger(minor)) throw new TypeError(`${minor} is not a whole number of the smallest unit.`);
  if (EXPONENTS[currency] === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const formats = new Map<Currency, Intl.NumberFormat>();

/** Kept: making one takes longer than formatting a thousand amounts. */
function formatOf(currency: Currency): Intl.NumberFormat {
  const format = formats.get(currency) ?? new Intl.NumberFormat("en", { style: "currency", currency });
  formats.set(currency, format);
  return format;
}

/** As people read it: "$376.00", "¥1,500"; for messages and lines of a calculation. */
export function moneyText(minor: number, currency: Currency): string {
  return formatOf(currency)
    .format(minor / 10 ** EXPONENTS[currency])
    .replace("-", "−");
}

/** `value × numerator ÷ denominator`, rounded half away from zero; exact at any size. */
export function share(value: number, numerator: number, denominator: number): number {
  const product = BigInt(value) * BigInt(numerator);
  const by = BigInt(denominator);
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + by) / (2n * by);
  return Number(product < 0n ? -rounded : rounded);
}
