type Box = { x?: number; y?: number };

/** A numbered mark over the plot; what it stands for is listed beside the chart. */
export function MarkNumber({ number, level, viewBox }: { number: number; level: number; viewBox?: Box }) {
  const { x = 0, y = 0 } = viewBox ?? {};
  return (
    <g transform={`translate(${x}, ${y - 9 + level * 17})`}>
      <circle r="8" fill="var(--ink)" />
      <text textAnchor="middle" dy="3.5" fontSize="10" fontWeight="600" fill="var(--on-ink)">
        {number}
      </text>
    </g>
  );
}

/** In which row each number stands: one that would cover the number before it goes lower. */
export function markLevels(marks: readonly number[], range: number): number[] {
  const levels: number[] = [];
  marks.forEach((at, index) => {
    const isClose = index > 0 && at - (marks[index - 1] ?? 0) < range * 0.06;
    levels.push(isClose ? ((levels[index - 1] ?? 0) + 1) % 4 : 0);
  });
  return levels;
}

const PLACES = ["Right", "Left", ""] as const;
type Place = (typeof PLACES)[number];

/** The third of the plot with the fewest numbered marks, which would cover the words of a limit; `""` is the middle. */
export function limitPlace(marks: readonly number[], from: number, to: number): Place {
  const thirds: Record<Place, number> = { Left: 0, "": 0, Right: 0 };
  for (const at of marks) {
    const third = Math.floor((3 * (at - from)) / (to - from));
    thirds[third <= 0 ? "Left" : third === 1 ? "" : "Right"] += 1;
  }
  return PLACES.reduce((best, place) => (thirds[place] < thirds[best] ? place : best));
}

/** Over a halo of the surface; under its line where there is no room above. */
export function limitLabel(value: string, severity: "warn" | "critical", isHigh: boolean, place: Place) {
  return {
    value,
    position: `inside${isHigh ? "Top" : "Bottom"}${place}` as const,
    fontSize: 11,
    fill: severity === "warn" ? "var(--warn)" : "var(--bad)",
    stroke: "var(--raised)",
    strokeWidth: 3,
    paintOrder: "stroke",
  };
}

/** Only where it has room. */
export function noDataLabel(width: number, range: number) {
  if (width / range < 0.14) return undefined;
  return { value: "no data", position: "center" as const, fontSize: 11, fill: "var(--text-3)" };
}

/** Fills a stretch without data. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--sunken)" />
        <line x1="0" x2="0" y1="0" y2="6" stroke="var(--line-2)" />
      </pattern>
    </defs>
  );
}
