import { Menu as MenuIcon, Search } from "lucide-react";
import type { EngineHealth } from "@/lib/databases/schema";
import { Kbd } from "../ui/kbd";
import { AlertBell } from "./alert-bell";
import { EngineStrip } from "./engine-strip";
import { EnvTag, type Environment } from "./env-tag";
import { OverlayButton } from "./overlay-button";

type HeaderProps = {
  environment: Environment;
  engines: readonly EngineHealth[] | null;
  /** Open alerts; null for a role that may not see them. */
  alerts: number | null;
};

/** 48 px; the page writes its breadcrumbs into the free space at the left (`Crumbs`). */
export function Header({ environment, engines, alerts }: HeaderProps) {
  return (
    <header
      data-environment={environment}
      className="relative z-10 flex h-12 flex-none items-center gap-2.5 border-b bg-canvas pr-4 pl-5 max-lg:pl-2 max-md:gap-1 max-md:pr-1 [grid-area:head]"
    >
      <button
        type="button"
        popoverTarget="sidebar"
        aria-label="Open the menu"
        className="grid size-11 place-items-center rounded-md text-text-2 hover:bg-hover lg:hidden"
      >
        <MenuIcon size={16} aria-hidden />
      </button>
      <span className="flex-1" />
      <EnvTag
        environment={environment}
        short
        className={environment === "Local" ? "max-md:hidden lg:hidden" : "lg:hidden"}
      />
      {engines ? <EngineStrip initial={engines} /> : null}
      <OverlayButton
        overlay="palette"
        aria-label="Search or jump to"
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-[30px] w-[200px] items-center gap-2 rounded-md border border-line-2 bg-canvas pr-1.5 pl-[9px] text-text-3 hover:bg-hover max-xl:w-[150px] max-md:size-11 max-md:justify-center max-md:border-0 max-md:p-0 max-md:text-text"
      >
        <Search size={14} aria-hidden className="max-md:size-[17px]" />
        <span className="flex-1 truncate text-left max-md:hidden">Search or jump to</span>
        <Kbd>⌘K</Kbd>
      </OverlayButton>
      {alerts === null ? null : <AlertBell initial={alerts} />}
    </header>
  );
}
