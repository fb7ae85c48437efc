// Answers of the server are documents of any form; these read one place of them, or say that nothing is there.
import "server-only";
import type { Document } from "./watch";

/** The value at the end of a path of keys. */
export function at(document: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isDocument(value) ? value[key] : undefined), document);
}

export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export function documentAt(document: unknown, ...path: readonly string[]): Document | null {
  const value = at(document, ...path);
  return isDocument(value) ? value : null;
}

/** Null where the server gives no number: absent is not 0. */
export function numberAt(document: unknown, ...path: readonly string[]): number | null {
  const value = at(document, ...path);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "bigint" ? Number(value) : null;
}

export function textAt(document: unknown, ...path: readonly string[]): string | null {
  const value = at(document, ...path);
  return typeof value === "string" && value !== "" ? value : null;
}

/** The driver gives dates, `$currentOp` gives text. */
export function timeAt(document: unknown, ...path: readonly string[]): Date | null {
  const value = at(document, ...path);
  const time = value instanceof Date ? value : typeof value === "string" ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

export function listAt(document: unknown, ...path: readonly string[]): Document[] {
  const value = at(document, ...path);
  return Array.isArray(value) ? value.filter(isDocument) : [];
}

/** Null as soon as one of them is. */
export function sum(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((all, value) => (all === null || value === null ? null : all + value), 0);
}
