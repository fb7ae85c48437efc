type Params = Record<string, string | string[] | undefined>;

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
