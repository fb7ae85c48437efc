// Keyset paging: signed cursors, and pages that know whether there is more on either side.
import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "./errors";
import type { Keys } from "./keys";

export type Position = readonly (string | number | null)[];

export type Page<T> = { data: T[]; next: string | null; previous: string | null };

const MAC_BYTES = 12;

/** A cursor holds the sort values of one row; `order` (such as "user.list:-name") binds it to one list and sort. */
export function writeCursor(keys: Keys, order: string, position: Position): string {
  const payload = Buffer.from(JSON.stringify(position));
  return Buffer.concat([sign(keys, order, payload), payload]).toString("base64url");
}

/** Throws AppError `invalid` at `field` for a cursor that was altered or belongs to another list or sort. */
export function readCursor(keys: Keys, order: string, cursor: string, field: "after" | "before"): Position {
  const bytes = Buffer.from(cursor, "base64url");
  const payload = bytes.subarray(MAC_BYTES);
  const expected = sign(keys, order, payload);
  if (bytes.length <= MAC_BYTES || !timingSafeEqual(bytes.subarray(0, MAC_BYTES), expected)) {
    throw new AppError("invalid", "This page link does not belong to this list.", {
      fields: { [field]: ["does not belong to this list and sort"] },
    });
  }
  return JSON.parse(payload.toString()) as Position;
}

type Given = { after?: string | undefined; before?: string | undefined };

/**
 * Where a list in this order goes on: `from` has the sort values its cursor names, and is empty at the beginning;
 * `backwards` when the rows before them are wanted. Throws as `readCursor` does.
 */
export function readStart(keys: Keys, order: string, { after, before }: Given): { from: Position; backwards: boolean } {
  const backwards = before !== undefined;
  const cursor = before ?? after;
  return { from: cursor ? readCursor(keys, order, cursor, backwards ? "before" : "after") : [], backwards };
}

function sign(keys: Keys, order: string, payload: Buffer): Buffer {
  return createHmac("sha256", keys.cursor).update(`${order}\n`).update(payload).digest().subarray(0, MAC_BYTES);
}

/**
 * Makes a page of `limit + 1` rows read after or before a cursor. Rows read before one come nearest first, so they are
 * turned round here.
 */
export function toPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  given: Given,
  cursorOf: (row: Row) => string,
  item: (row: Row) => T,
): Page<T> {
  const more = rows.length > limit;
  const backwards = given.before !== undefined;
  const shown = backwards ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const first = shown[0];
  const last = shown.at(-1);
  const hasNext = backwards || more;
  const hasPrevious = backwards ? more : given.after !== undefined;
  return {
    data: shown.map(item),
    next: hasNext && last !== undefined ? cursorOf(last) : null,
    previous: hasPrevious && first !== undefined ? cursorOf(first) : null,
  };
}

/** An instant as PostgreSQL writes it (2026-11-21 08:00:00.5+00) as an ISO string in UTC. */
export function toIso(value: string): string;
export function toIso(value: string | null): string | null;
export function toIso(value: string | null): string | null {
  if (value === null) return null;
  // A list has hundreds of them, and making a Date of each takes five times as long.
  const [, day, time, fraction = ""] = AS_WRITTEN.exec(value) ?? [];
  return time === undefined ? new Date(value).toISOString() : `${day}T${time}.${fraction.padEnd(3, "0").slice(0, 3)}Z`;
}

const AS_WRITTEN = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;
