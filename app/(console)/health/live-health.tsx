"use client";

import { RefreshCw } from "lucide-react";
import { EngineBadge } from "@/components/shell/engine-badge";
import { useEngines } from "@/components/shell/engine-feed";
import type { EngineHealth } from "@/lib/databases/schema";
import { EngineCard } from "./engine-card";
import { summary } from "./summary";
import { useNow } from "./use-now";
import { ago } from "./words";

/** The four engines as the server last saw them; the same feed as the strip in the header, without reload. */
export function LiveHealth({ initial }: { initial: readonly EngineHealth[] }) {
  const engines = useEngines(initial);
  const now = useNow();
  const { status, reason } = summary(engines);
  const probed = engines
    .map(({ checked_at }) => checked_at ?? "")
    .sort()
    .at(-1);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] max-md:sr-only">Health</h1>
        <EngineBadge status={status} />
        <p role="status" className="min-w-0 text-text-2 max-md:order-last max-md:w-full">
          {reason}
        </p>
        <span className="ml-auto flex items-center gap-1.5 text-sm text-text-3">
          <RefreshCw size={13} aria-hidden />
          {probed && now ? `Probed ${ago(probed, now)}` : "Probed every 10 s"}
        </span>
      </div>
      <div className="grid gap-3 md:grid-cols-2">
        {engines.map((health) => (
          <EngineCard key={health.engine} health={health} now={now} />
        ))}
      </div>
    </>
  );
}
