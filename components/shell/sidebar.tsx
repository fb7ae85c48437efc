import { Keyboard } from "lucide-react";
import type { ReactNode } from "react";
import type { EngineHealth } from "@/lib/databases/schema";
import { Kbd } from "../ui/kbd";
import type { Icon } from "../ui/tone";
import { AlertCount } from "./alert-count";
import { EngineNav } from "./engine-nav";
import { EnvTag, type Environment } from "./env-tag";
import { Mark } from "./mark";
import { NavLink } from "./nav-link";
import { OverlayButton } from "./overlay-button";

export type NavItem = {
  href: string;
  label: string;
  icon: Icon;
  group?: string;
  /** Open alerts when the page was made; live from then on. */
  alerts?: number;
  /** What waits for the reader, when the page was made. */
  count?: number;
  /** Pages under it have entries of their own. */
  exact?: boolean;
  /** Reached from another page and the palette, without an entry here. */
  within?: boolean;
};

type SidebarProps = {
  nav: readonly NavItem[];
  environment: Environment;
  /** Null for a role that may not see health. */
  engines: readonly EngineHealth[] | null;
  account: ReactNode;
};

/** A popover under 1024 px, part of the frame above it; the markup is the same. */
export function Sidebar({ nav: pages, environment, engines, account }: SidebarProps) {
  const nav = pages.filter(({ within }) => !within);
  const groups = [...new Set(nav.map(({ group }) => group))];
  return (
    <aside id="sidebar" popover="auto" className="shell-side m-0 text-text" aria-label="Sidebar">
      <div className="flex h-12 flex-none items-center gap-[9px] px-2 text-lg font-semibold tracking-[-0.01em]">
        <Mark />
        <span className="nav-wide">Quadrant</span>
        <EnvTag environment={environment} className="nav-wide ml-auto tracking-normal" />
      </div>
      <nav aria-label="Main" className="flex flex-col">
        {groups.map((group) => (
          <NavGroup key={group ?? ""} title={group}>
            {nav
              .filter((item) => item.group === group)
              .map((item) => (
                <NavEntry key={item.href} item={item} />
              ))}
            {group === "Databases" && engines ? <EngineNav initial={engines} /> : null}
          </NavGroup>
        ))}
      </nav>
      <div className="mt-auto flex flex-col pt-4">
        <OverlayButton overlay="shortcuts" className="nav-link">
          <Keyboard size={15} aria-hidden />
          <span className="nav-text">Shortcuts</span>
          <span className="nav-wide ml-auto">
            <Kbd>?</Kbd>
          </span>
        </OverlayButton>
        {account}
      </div>
    </aside>
  );
}

function NavGroup({ title, children }: { title: string | undefined; children: ReactNode }) {
  return (
    <>
      {title ? (
        <div className="nav-wide px-2 pt-3.5 pb-1 text-xs leading-4 font-medium text-text-3">{title}</div>
      ) : null}
      {children}
    </>
  );
}

function NavEntry({ item: { href, label, icon: Icon, alerts, count, exact } }: { item: NavItem }) {
  return (
    <NavLink href={href} exact={exact}>
      <Icon size={15} aria-hidden />
      <span className="nav-text">{label}</span>
      {alerts === undefined ? null : <AlertCount initial={alerts} />}
      {count ? <span className="nav-wide ml-auto text-sm font-normal text-text-3">{count}</span> : null}
    </NavLink>
  );
}
