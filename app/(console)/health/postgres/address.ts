/** This page with other parameters; what else stands in the URL stays. */
export function address(
  params: Record<string, string>,
  changes: Record<string, string | null>,
  anchor: string,
): string {
  const all = Object.entries({ ...params, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/health/postgres?${new URLSearchParams(all)}#${anchor}`;
}
