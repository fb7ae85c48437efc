// Amounts as people type them.
import { EXPONENTS, PRICE_MAX_MINOR, type Currency } from "./schema";

/** "12.50" or "12,50" in USD is 1250, "1500" in JPY is 1500; null for what is no amount of the currency. */
export function parseAmount(typed: string, currency: Currency): number | null {
  const [, whole = "", part = ""] = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? [];
  if (whole === "" || part.length > EXPONENTS[currency]) return null;
  const minor = Number(whole + part.padEnd(EXPONENTS[currency], "0"));
  return minor > 0 && minor <= PRICE_MAX_MINOR ? minor : null;
}

/** The other way round, for a field that begins with an amount. */
export function amountText(minor: number, currency: Currency): string {
  const digits = String(minor).padStart(EXPONENTS[currency] + 1, "0");
  const point = digits.length - EXPONENTS[currency];
  return EXPONENTS[currency] === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}
