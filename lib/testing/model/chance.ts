// Chance that can be repeated: the same seed, the same choices.

export type Chance = {
  /** A whole number from 0 to `below`, exclusive. */
  below(below: number): number;
  of<T>(values: readonly [T, ...T[]]): T;
  /** One of those that weigh something, the heavier the likelier. */
  weighed<T extends { weight: number }>(values: readonly [T, ...T[]]): T;
};

/** Mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (most: number) => Math.floor(next() * most);
  return {
    below,
    of: (values) => values[below(values.length)] ?? values[0],
    weighed(values) {
      let left = next() * values.reduce((sum, { weight }) => sum + weight, 0);
      return values.find(({ weight }) => (left -= weight) < 0) ?? values[0];
    },
  };
}
