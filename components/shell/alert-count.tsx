"use client";

import { useOpenAlerts } from "./engine-feed";

/** Beside the word in the sidebar; nothing when there are none. */
export function AlertCount({ initial }: { initial: number }) {
  const open = useOpenAlerts(initial);
  return open === 0 ? null : <span className="nav-wide ml-auto text-sm font-normal text-text-3">{open}</span>;
}
