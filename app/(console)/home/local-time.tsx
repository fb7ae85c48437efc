"use client";

import { useSyncExternalStore } from "react";
import { formatUtc } from "@/components/ui/time-format";

const MINUTE_MS = 60_000;

/** Date and time where the reader is, and in UTC. */
export function LocalTime() {
  const now = useSyncExternalStore(subscribe, minute, () => null);
  if (now === null) {
    return <p className="min-h-5 text-text-2" />;
  }
  const local = new Date(now);
  const day = local.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "short", year: "numeric" });
  const time = local.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return (
    <p className="text-text-2">
      {day}, {time} local, {formatUtc(local.toISOString()).slice(11, 16)} UTC
    </p>
  );
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  return () => clearInterval(timer);
}

function minute(): number {
  return Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
}
