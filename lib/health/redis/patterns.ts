// From a sample of keys to patterns with estimates that say how far off they may be.
import "server-only";
import type { KeySample, SampledKey } from "@/lib/databases/redis/keys";
import { type Pattern, patternOf } from "@/lib/databases/redis/pattern";
import type { KeyPattern } from "./schema";

/** So many patterns are shown; the rest is added up. */
const SHOWN = 20;
/** Width of the interval that holds the truth in 95 of 100 samples, in standard errors. */
const Z = 1.96;

type Group = Pattern & { keys: SampledKey[] };

export function patternsOf(sample: KeySample, namespace: string): KeyPattern[] {
  const groups = new Map<string, Group>();
  for (const key of sample.keys) {
    const pattern = patternOf(key.key, namespace);
    const group = groups.get(pattern.name) ?? { ...pattern, keys: [] };
    group.keys.push(key);
    groups.set(pattern.name, group);
  }
  const sorted = [...groups.values()].sort((a, b) => weight(b) - weight(a));
  const rest = sorted.slice(SHOWN).flatMap(({ keys }) => keys);
  const shown = sorted.slice(0, SHOWN);
  if (rest.length > 0) shown.push({ name: `${sorted.length - SHOWN} other patterns`, purpose: null, keys: rest });
  return shown.map((group) => describe(group, sample));
}

const weight = ({ keys }: Group) => keys.reduce((sum, { bytes }) => sum + bytes, 0);

function describe({ name, purpose, keys }: Group, sample: KeySample): KeyPattern {
  const scale = sample.complete || sample.keys.length === 0 ? 1 : sample.total / sample.keys.length;
  const bytes = weight({ name, purpose, keys });
  const ends = keys.flatMap(({ ttl_s }) => ttl_s ?? []).sort((a, b) => a - b);
  return {
    pattern: name,
    purpose,
    type: mostCommon(keys.map(({ type }) => type)),
    keys: Math.round(keys.length * scale),
    error_percent: errorOf(keys.length, sample),
    bytes: Math.round(bytes * scale),
    mean_bytes: Math.round(bytes / keys.length),
    largest_bytes: Math.max(...keys.map((key) => key.bytes)),
    ttl_s: ends[Math.floor(ends.length / 2)] ?? null,
    lasting: keys.length - ends.length,
  };
}

/** Error of a share of a sample drawn without putting back. */
function errorOf(
  found: number,
  { keys, total, complete }: Pick<KeySample, "complete" | "total"> & { keys: readonly unknown[] },
): number {
  const seen = keys.length;
  if (complete || seen >= total || found === 0) return 0;
  const share = found / seen;
  const drawn = Math.sqrt((total - seen) / Math.max(1, total - 1));
  return Math.min(100, Math.ceil(((Z * Math.sqrt((share * (1 - share)) / seen) * drawn) / share) * 100));
}

function mostCommon(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
