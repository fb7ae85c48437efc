// Names of keys are shortened to their pattern: what follows the first part may be a person.
import "server-only";

export type Pattern = {
  name: string;
  /** What Quadrant keeps under it; null for a key that is not ours. */
  purpose: string | null;
};

/** Every kind of key the console writes; all of them end by themselves. */
const PURPOSES: Record<string, string> = {
  c: "Cached query",
  sess: "Session look-up",
  "sess-last": "Session while PostgreSQL is away",
  gen: "Generation of a tag",
  rl: "Rate limit",
};

const NAMELESS: Pattern = { name: "(no prefix)", purpose: null };

export function patternOf(key: string, namespace = ""): Pattern {
  const own = key.startsWith(`${namespace}q:`) ? /^q:([a-z-]+):/.exec(key.slice(namespace.length)) : null;
  if (own) {
    const [, kind = ""] = own;
    return { name: `${namespace}q:${kind}:{…}`, purpose: PURPOSES[kind] ?? null };
  }
  const prefix = /^[A-Za-z][A-Za-z0-9_-]{0,39}[:/|]/.exec(key);
  return prefix ? { name: `${prefix[0]}*`, purpose: null } : NAMELESS;
}
