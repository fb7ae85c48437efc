"use client";

import clsx from "clsx";
import Link from "next/link";
import { ENGINE_LABELS, ENGINE_TILES, type EngineHealth } from "@/lib/databases/schema";
import { formatMs } from "../ui/number";
import { useEngines } from "./engine-feed";
import { ENGINE_STATUS } from "./engine-status";

/** The four engines in the header, live; a click leads to the page of the engine. */
export function EngineStrip({ initial }: { initial: readonly EngineHealth[] }) {
  const engines = useEngines(initial);
  const down = engines.filter(({ status }) => status === "down").map(({ engine }) => ENGINE_LABELS[engine]);
  return (
    <>
      <nav
        aria-label="Databases"
        className="flex h-[30px] flex-none divide-x divide-line rounded-md border max-md:divide-x-0 max-md:px-1"
      >
        {engines.map((health) => (
          <EngineLink key={health.engine} health={health} />
        ))}
      </nav>
      <span role="alert" className="sr-only">
        {down.length > 0 ? `${down.join(" and ")} down` : ""}
      </span>
    </>
  );
}

function EngineLink({ health }: { health: EngineHealth }) {
  const { engine, status, latency_ms: latency } = health;
  const { icon: Icon, word, text } = ENGINE_STATUS[status];
  const time = status !== "down" && status !== "unknown" && latency !== null ? formatMs(latency) : word.toLowerCase();
  return (
    <Link
      href={`/health/${engine}`}
      prefetch={false}
      aria-label={`${ENGINE_LABELS[engine]}: ${word}${time === word.toLowerCase() ? "" : `, ${time}`}`}
      title={health.reason ?? undefined}
      className="status relative flex items-center gap-[5px] px-[9px] text-sm text-text-2 -outline-offset-2 hover:bg-hover max-md:min-w-6 max-md:justify-center max-md:px-0 touch:before:absolute touch:before:-inset-y-[7px] touch:before:inset-x-0"
    >
      <Icon size={13} aria-hidden className={text} />
      <b className="font-medium text-text max-md:hidden">{ENGINE_TILES[engine]}</b>
      <span className={clsx("max-xl:hidden", status === "down" && "text-bad")}>{time}</span>
    </Link>
  );
}
