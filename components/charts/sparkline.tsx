import type { Point } from "@/lib/health/schema";

const WIDTH = 126;
const HEIGHT = 28;

type SparklineProps = {
  points: readonly Point[];
  /** Read instead of the line. */ label: string;
  tone?: "warn" | "bad";
  className?: string;
};

/** A trend without axes; a gap stays a gap. Plain SVG, no library. */
export function Sparkline({ points, label, tone, className }: SparklineProps) {
  const parts = partsOf(points);
  const color = tone ? `var(--${tone}-fill)` : "var(--chart-1)";
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={className}
      height={HEIGHT}
      width="100%"
    >
      {parts.map((part) => (
        <g key={part[0]?.[0]}>
          <polygon
            points={`${part[0]?.[0]},${HEIGHT} ${joined(part)} ${part.at(-1)?.[0]},${HEIGHT}`}
            fill={color}
            fillOpacity="0.1"
          />
          <polyline
            points={joined(part)}
            fill="none"
            stroke={color}
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

/** Unbroken runs in the coordinates of the picture. */
function partsOf(points: readonly Point[]): [number, number][][] {
  const values = points.flatMap(([, mean]) => (mean === null ? [] : [mean]));
  const top = Math.max(...values, 0) * 1.1 || 1;
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 1];
  const parts: [number, number][][] = [[]];
  for (const [at, mean] of points) {
    if (mean === null) parts.push([]);
    else
      parts.at(-1)?.push([round(((at - first) / (last - first || 1)) * WIDTH), round(HEIGHT - (mean / top) * HEIGHT)]);
  }
  return parts.filter((part) => part.length > 1);
}

const joined = (part: readonly [number, number][]) => part.map(([x, y]) => `${x},${y}`).join(" ");
const round = (value: number) => Math.round(value * 10) / 10;
