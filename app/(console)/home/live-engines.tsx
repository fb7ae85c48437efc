"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { EngineBadge } from "@/components/shell/engine-badge";
import { useEngines } from "@/components/shell/engine-feed";
import { formatMs } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { ENGINE_LABELS, ENGINE_TILES, type Engine, type EngineHealth } from "@/lib/databases/schema";

type LiveEnginesProps = {
  initial: readonly EngineHealth[];
  /** The trend of each, drawn by the server. */ trends: Record<Engine, ReactNode>;
};

/** Status, trend and answer time of the four engines, live. */
export function LiveEngines({ initial, trends }: LiveEnginesProps) {
  return (
    <ul className="px-3.5 py-1.5">
      {useEngines(initial).map(({ engine, status, latency_ms: latency }) => (
        <li
          key={engine}
          className="grid min-h-[34px] grid-cols-[22px_minmax(0,1fr)_104px_56px_56px] items-center gap-2.5"
        >
          <Tile code={ENGINE_TILES[engine]} />
          <Link href={`/health/${engine}`} prefetch={false} className="truncate rounded-xs font-medium">
            {ENGINE_LABELS[engine]}
          </Link>
          <EngineBadge status={status} quiet />
          <span className="block">{trends[engine]}</span>
          <span className="text-right">{latency === null ? "–" : formatMs(latency)}</span>
        </li>
      ))}
    </ul>
  );
}
