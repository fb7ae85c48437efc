import { RangeInput, RANGES, type Range } from "@/lib/health/schema";
import { flat, type Params } from "../../list-params";

const LABELS: Record<Range, string> = {
  "15m": "15 min",
  "1h": "1 h",
  "6h": "6 h",
  "24h": "24 h",
  "7d": "7 d",
  "30d": "30 d",
};

/** The time range of the URL; one that is no range is the usual one. */
export function rangeOf(params: Params): Range {
  const given = RangeInput.safeParse(flat(params)["range"]);
  return given.success ? given.data : RangeInput.parse(undefined);
}

export function rangeLabel(range: Range): string {
  return LABELS[range];
}

/** The same page with each range; whatever else stands in the URL stays. */
export function rangeLinks(path: string, params: Params) {
  const current = rangeOf(params);
  return RANGES.map((range) => ({
    label: LABELS[range],
    href: `${path}?${new URLSearchParams({ ...flat(params), range })}`,
    active: range === current,
  }));
}
