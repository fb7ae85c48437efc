"use client";

import { formatUtc } from "@/components/ui/time-format";
import { useNow } from "../use-now";
import { lasting } from "../words";

/** For how long it has been so, ticking; on the server, whose clock is another, since when. */
export function StatusSince({ since }: { since: string | null }) {
  const now = useNow();
  if (!since) return null;
  return (
    <span title={`since ${formatUtc(since)} UTC`} className="text-sm text-text-3">
      {now === null
        ? `since ${formatUtc(since).slice(11, 16)} UTC`
        : `for ${lasting(Math.max(0, now - Date.parse(since)))}`}
    </span>
  );
}
