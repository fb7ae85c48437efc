import { Gauge } from "lucide-react";
import { formatNumber } from "@/components/ui/number";
import type { Cost } from "@/lib/databases/schema";

/** Milliseconds of the engine's time that a minute of watching takes, over all tiers. */
export function msPerMinute(costs: readonly Cost[]): number {
  return Math.round(costs.reduce((sum, { ms, every_s: everyS }) => sum + (ms * 60) / everyS, 0));
}

export function WatchingCost({ costs }: { costs: readonly Cost[] }) {
  if (costs.length === 0) return null;
  return (
    <span className="flex items-center gap-1.5 text-sm text-text-3">
      <Gauge size={13} aria-hidden />
      Watching costs {formatNumber(msPerMinute(costs))} ms a minute
    </span>
  );
}
