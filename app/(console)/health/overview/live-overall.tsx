"use client";

import { EngineBadge } from "@/components/shell/engine-badge";
import { useEngines } from "@/components/shell/engine-feed";
import type { EngineHealth } from "@/lib/databases/schema";
import { summary } from "../summary";

/** The console as a whole, live. */
export function LiveOverall({ initial }: { initial: readonly EngineHealth[] }) {
  const { status, reason } = summary(useEngines(initial));
  return (
    <>
      <EngineBadge status={status} />
      <p
        role="status"
        className="min-w-0 flex-1 text-text-2 [overflow-wrap:anywhere] max-md:order-last max-md:w-full max-md:flex-none"
      >
        {reason}
      </p>
    </>
  );
}
