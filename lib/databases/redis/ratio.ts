// Hit ratio of a sliding window: over a single pass of a quiet server it would jump between 0 and 100.
import "server-only";

const WINDOW_MS = 300_000;
/** Fewer look-ups say nothing. */
const ENOUGH = 10;

type Counts = { at: number; generation: string; hits: number; misses: number };

/** Answers the percentage of hits since the oldest reading of the window; null until enough was looked up. */
export function createHitRatio(): (now: Counts) => number | null {
  let seen: Counts[] = [];
  return (now) => {
    const last = seen.at(-1);
    const isReset = last && (last.generation !== now.generation || last.hits > now.hits || last.misses > now.misses);
    seen = isReset ? [] : seen.filter(({ at }) => at >= now.at - WINDOW_MS);
    seen.push(now);
    const [first] = seen;
    if (!first) return null;
    const [hits, misses] = [now.hits - first.hits, now.misses - first.misses];
    return hits + misses < ENOUGH ? null : (hits / (hits + misses)) * 100;
  };
}
