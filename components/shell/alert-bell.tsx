"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { useOpenAlerts } from "./engine-feed";

/** How many alerts are open, live; leads to them. */
export function AlertBell({ initial }: { initial: number }) {
  const open = useOpenAlerts(initial);
  return (
    <Link
      href="/alerts"
      prefetch={false}
      aria-label={open === 0 ? "Alerts: none open" : `Alerts: ${open} open`}
      className="relative grid size-[30px] flex-none place-items-center rounded-md text-text-2 hover:bg-hover touch:size-11"
    >
      <Bell size={16} aria-hidden />
      {open > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-danger px-1 text-[10px] leading-none font-semibold text-on-accent touch:top-1 touch:right-1"
        >
          {open > 99 ? "99+" : open}
        </span>
      ) : null}
    </Link>
  );
}
