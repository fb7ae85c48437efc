type Box = { x?: number; y?: number };

/** A numbered mark over the plot; what it stands for is listed beside the chart. */
export function MarkNumber({ number, viewBox }: { number: number; viewBox?: Box }) {
  const { x = 0, y = 0 } = viewBox ?? {};
  return (
    <g transform={`translate(${x}, ${y - 9})`}>
      <circle r="8" fill="var(--ink)" />
      <text textAnchor="middle" dy="3.5" fontSize="10" fontWeight="600" fill="var(--on-ink)">
        {number}
      </text>
    </g>
  );
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
  return { value: "no data", position: "insideBottom" as const, fontSize: 11, fill: "var(--text-3)" };
}
