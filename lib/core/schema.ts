// Pieces of zod schemas that several nouns share; client-safe.
import { z } from "zod";

const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Trimmed, 1 to `max` characters; refuses what PostgreSQL cannot store (NUL, lone surrogates) and control characters. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !UNSTORABLE.test(value) && value.isWellFormed(), "holds characters that cannot be stored");
}

/** A comma-separated list of known words, as it stands in a URL; answers an array without repeats. */
export function list<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [...new Set(typeof value === "string" ? value.split(",").filter(Boolean) : value)])
    .pipe(z.array(z.enum(values)).min(1).max(values.length));
}

/** A day (2026-11-21) or an instant; answers an ISO instant in UTC. */
export function dateBound() {
  return z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((value) => new Date(value).toISOString());
}

/** A whole number as JSON has it, or its digits as a form or a URL sends them; `true`, `[7]` and "0x10" are none. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER) {
  return z.preprocess(
    (value) => (typeof value === "string" && /^[+-]?\d{1,16}$/.test(value) ? Number(value) : value),
    z
      .int({ error: ({ code }) => (code === "invalid_type" ? "has to be a whole number" : undefined) })
      .min(min)
      .max(max),
  );
}

export function pageLimit() {
  return whole(1, 200).default(50);
}

/** Opaque to callers; `lib/core/paging.ts` writes and reads it. */
export function cursor() {
  return z.string().min(1).max(1_300);
}

/** Two or no decimals: what fits the columns of money. */
export const CURRENCIES = ["USD", "EUR", "GBP", "INR", "JPY"] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Digits after the point, as ISO 4217 says; the table `currencies` holds the same. */
export const EXPONENTS: Record<Currency, 0 | 2> = { USD: 2, EUR: 2, GBP: 2, INR: 2, JPY: 0 };
