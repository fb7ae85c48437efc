"use client";

import { Clock as ClockIcon } from "lucide-react";
import { useSyncExternalStore } from "react";

function everySecond(tick: () => void): () => void {
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}

const thisSecond = () => Math.floor(Date.now() / 1000);

/** Local and UTC time, to compare with the times in a log. Empty until the browser's zone is known. */
export function Clock() {
  const second = useSyncExternalStore(everySecond, thisSecond, () => null);
  if (second === null) {
    return <span className="h-4" />;
  }
  const now = new Date(second * 1000);
  const local = now.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return (
    <time dateTime={now.toISOString()} className="flex items-center gap-1.5">
      <ClockIcon size={13} aria-hidden />
      {local} local, {now.toISOString().slice(11, 19)} UTC
    </time>
  );
}
