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

/** At the right end, over a halo of the surface; under its line where there is no room above. */
export function limitLabel(value: string, severity: "warn" | "critical", isHigh: boolean) {
  return {
    value,
    position: isHigh ? ("insideTopRight" as const) : ("insideBottomRight" as const),
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
