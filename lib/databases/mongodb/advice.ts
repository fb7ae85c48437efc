// What is worth knowing of an index: whether anybody uses it, and whether another one does its work.
import "server-only";
import type { IndexFigures } from "./objects";

export type Advice = "in_use" | "unused" | "not_used_yet" | "redundant" | "unique" | "expiry" | "identity" | "unknown";

/** Counted for less, a figure of 0 says little: a monthly report would not be in it. */
const LONG_ENOUGH_MS = 35 * 86_400_000;

/** `by` names the index that covers a redundant one. */
export function adviceOn(
  index: IndexFigures,
  all: readonly IndexFigures[],
  now: Date,
): { advice: Advice; by: string | null } {
  const by = coveredBy(index, all);
  return { advice: adviceWord(index, by, now), by };
}

function adviceWord(index: IndexFigures, by: string | null, now: Date): Advice {
  if (index.name === "_id_") return "identity";
  if (index.unique) return "unique";
  if (index.ttl) return "expiry";
  if (by !== null) return "redundant";
  if (index.uses === null) return "unknown";
  if (index.uses > 0) return "in_use";
  const countedMs = index.counted_since ? now.getTime() - Date.parse(index.counted_since) : 0;
  return countedMs >= LONG_ENOUGH_MS ? "unused" : "not_used_yet";
}

/** A longer index that begins with the same fields answers the same queries. */
function coveredBy(index: IndexFigures, all: readonly IndexFigures[]): string | null {
  if (index.name === "_id_" || index.unique || index.partial || index.ttl) return null;
  const covers = (other: IndexFigures) =>
    other.name !== index.name &&
    !other.partial &&
    other.key.length > index.key.length &&
    index.key.every(([field, kind], place) => other.key[place]?.[0] === field && other.key[place]?.[1] === kind);
  return all.find(covers)?.name ?? null;
}
