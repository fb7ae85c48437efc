"use client";

import clsx from "clsx";
import { EngineBadge } from "@/components/shell/engine-badge";
import { useEngines } from "@/components/shell/engine-feed";
import { Tile } from "@/components/ui/tile";
import { ENGINE_LABELS, ENGINE_TILES, type EngineHealth } from "@/lib/databases/schema";
import { StatusSince } from "../frame/status-since";

/** Head of an engine's card: its status and reason, from the same feed as the strip in the header. */
export function LiveHead({ initial, calm }: { initial: EngineHealth; /** Said while it is healthy. */ calm: string }) {
  const health = useEngines([initial]).find(({ engine }) => engine === initial.engine) ?? initial;
  const { engine, status, reason, version, since } = health;
  return (
    <header className="flex items-center gap-2.5 border-b px-3.5 py-3">
      <Tile code={ENGINE_TILES[engine]} size={32} />
      <div className="min-w-0 flex-1">
        <h2 id={`${engine}-name`} className="text-lg font-semibold">
          {ENGINE_LABELS[engine]} <span className="ml-1 text-sm font-normal text-text-3">{version}</span>
        </h2>
        <p
          className={clsx(
            "text-sm [overflow-wrap:anywhere] first-letter:uppercase",
            status === "down" ? "text-bad" : status === "degraded" ? "text-warn" : "text-text-2",
          )}
        >
          {reason ?? calm} <span className="text-text-3">·</span> <StatusSince since={since} />
        </p>
      </div>
      <EngineBadge status={status} />
    </header>
  );
}
