"use client";

import { ENGINE_LABELS, ENGINE_TILES, type EngineHealth } from "@/lib/databases/schema";
import { Tile } from "../ui/tile";
import { useEngines } from "./engine-feed";
import { ENGINE_STATUS } from "./engine-status";
import { NavLink } from "./nav-link";

/** The engines in the sidebar, each with the sign of its state. */
export function EngineNav({ initial }: { initial: readonly EngineHealth[] }) {
  return useEngines(initial).map(({ engine, status }) => {
    const { icon: Icon, word, text } = ENGINE_STATUS[status];
    return (
      <NavLink key={engine} href={`/health/${engine}`} prefetch={false} className="nav-link status">
        <Tile code={ENGINE_TILES[engine]} size={18} muted />
        <span className="nav-text">{ENGINE_LABELS[engine]}</span>
        <span className="nav-wide ml-auto">
          <Icon size={13} aria-hidden className={text} />
          <span className="sr-only">{word}</span>
        </span>
      </NavLink>
    );
  });
}
