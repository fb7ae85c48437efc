// One text for one value (the order and numbers of RFC 8785), so that a digest or a MAC means the same everywhere.
import "server-only";
import { createHash, createHmac } from "node:crypto";
import { AppError } from "./errors";
import type { Fields } from "./operation";

/** A value above this many characters is kept in the audit as its length and digest. */
const LARGE_VALUE = 2048;

/** What a run counts by itself and what therefore is no difference. */
const COUNTERS = new Set(["version", "revision"]);

/**
 * Leaves out undefined; writes dates as ISO, bigints as text, bytes as base64url. Throws AppError `invalid` for a text
 * PostgreSQL cannot store, TypeError for what JSON has no word for.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "number":
      return finite(value);
    case "bigint":
      return `"${value}"`;
    case "string":
      return storable(value);
    case "object":
      return structured(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be written as JSON.`);
  }
}

function structured(value: object | null): string {
  if (value === null) return "null";
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64url"));
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item === undefined ? null : item)).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${storable(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

function finite(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number of JSON.`);
  return JSON.stringify(value);
}

/** NUL and half a surrogate pair would make the database refuse the whole audit event. */
function storable(value: string): string {
  if (!value.isWellFormed() || value.includes("\0")) {
    throw new AppError("invalid", "A text holds characters that cannot be stored.");
  }
  return JSON.stringify(value);
}

export function sha256(value: string | Uint8Array): Buffer {
  return createHash("sha256").update(value).digest();
}

export function mac(key: Uint8Array, value: string): Buffer {
  return createHmac("sha256", key).update(value).digest();
}

export type Difference = { before: Fields; after: Fields };

/** Only the fields that differ, without counters. */
export function difference(before: Fields | null, after: Fields | null): Difference {
  const result: Difference = { before: {}, after: {} };
  for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    if (COUNTERS.has(key)) continue;
    const [was, is] = [text(before?.[key]), text(after?.[key])];
    if (was === is) continue;
    if (was !== undefined) result.before[key] = bounded(before?.[key], was);
    if (is !== undefined) result.after[key] = bounded(after?.[key], is);
  }
  return result;
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : canonical(value);
}

function bounded(value: unknown, written: string): unknown {
  if (written.length <= LARGE_VALUE) return value;
  return { bytes: Buffer.byteLength(written), sha256: sha256(written).toString("hex") };
}
