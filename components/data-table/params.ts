type Params = Record<string, string | string[] | undefined>;

/** The same list with some parameters changed; null removes one. */
export type Href = (patch: Record<string, string | number | null>) => string;

/** One filter that is set, in words. */
export type ListChip = { name: string; field: string; operator: string; value: string; removeHref: string };

/** What every list reads from its URL. */
export type ListQuery = {
  input: { limit?: number; after?: string | undefined; before?: string | undefined };
  /** Everything the links and forms of the list keep. */
  kept: Record<string, string>;
  ignored: readonly { name: string; value: string }[];
  chips: readonly ListChip[];
  href: Href;
};

/** The head of a column that orders the list `up` or `down`: which way it does now, and the list with it turned. */
export function turned<S extends string>(now: S | null, href: Href, up: S, down: S, first: S = up) {
  const direction = now === up ? ("asc" as const) : now === down ? ("desc" as const) : null;
  return { direction, href: href({ sort: direction === null ? first : direction === "asc" ? down : up }) };
}

type Patch = Record<string, string | number | string[] | null | undefined>;

/** The same list with some parameters changed; null removes one. Cursors go too: they belong to the old order. */
export function hrefWith(path: string, params: Params, patch: Patch): string {
  const next = new URLSearchParams();
  const merged: Record<string, unknown> = { ...params, after: undefined, before: undefined, ...patch };
  for (const [name, value] of Object.entries(merged)) {
    if (value === null || value === undefined || value === "") {
      continue;
    }
    next.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const query = next.toString();
  return query ? `${path}?${query}` : path;
}
