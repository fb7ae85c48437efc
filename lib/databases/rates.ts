// Counters to rates: a restart, a reset or a wrap is recognised, and what cannot be known stays unknown.
import "server-only";
import type { Values } from "./schema";

export type Counted = { at: number; generation: string; counters: Record<string, number | null> };

/** Counters of this size begin at 0 again (MongoDB's asserts at 2^30, 32-bit counters at 2^32). */
const WRAPS = [2 ** 30, 2 ** 32];
/** A value that was this close to the end of its range has wrapped rather than been reset. */
const NEAR_END = 0.9;

/** Change per second since the previous reading, by signal; null without one, after a reset, or for an old one. */
export function ratesOf(previous: Counted | null, now: Counted, longestGapMs: number): Values {
  const elapsedMs = previous ? now.at - previous.at : 0;
  const isComparable = previous !== null && elapsedMs > 0 && elapsedMs <= longestGapMs;
  return Object.fromEntries(
    Object.entries(now.counters).map(([id, value]) => {
      const before = previous?.counters[id] ?? null;
      if (!isComparable || value === null || before === null) return [id, null];
      if (previous.generation !== now.generation) return [id, null];
      const delta = value >= before ? value - before : wrapped(before, value);
      return [id, delta === null ? null : (delta * 1000) / elapsedMs];
    }),
  );
}

function wrapped(before: number, value: number): number | null {
  const size = WRAPS.find((wrap) => before < wrap && before > wrap * NEAR_END && value < wrap * (1 - NEAR_END));
  return size === undefined ? null : size - before + value;
}
