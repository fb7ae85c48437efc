"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useEngines } from "@/components/shell/engine-feed";
import { Button } from "@/components/ui/button";
import type { EngineHealth } from "@/lib/databases/schema";
import { useNow } from "../use-now";
import { ago } from "../words";
import { news, setLive, useLive } from "./live";

type LiveRefreshProps = {
  initial: readonly EngineHealth[];
  /** When the figures on the page were measured. */
  measured: string | null;
};

/** Reads the page again when the engines have something new to say; says how old its figures are. */
export function LiveRefresh({ initial, measured }: LiveRefreshProps) {
  const router = useRouter();
  const engines = useEngines(initial);
  const live = useLive();
  const now = useNow();
  useEffect(() => news(() => router.refresh()), [engines, router]);
  const label = live === "live" ? "Pause" : "Resume";
  const Icon = live === "live" ? Pause : Play;
  return (
    <>
      <span className="text-sm text-text-3" role={live === "away" ? "status" : undefined}>
        {live === "away" ? "Paused: nobody is here." : freshness(measured, now)}
      </span>
      <Button size="icon" aria-label={label} title={label} onClick={() => setLive(live === "live" ? "paused" : "live")}>
        <Icon size={14} aria-hidden />
      </Button>
    </>
  );
}

function freshness(measured: string | null, now: number | null): string {
  if (measured === null) return "Nothing measured yet";
  return now === null ? "Measured every 10 s" : `Measured ${ago(measured, now)}`;
}
