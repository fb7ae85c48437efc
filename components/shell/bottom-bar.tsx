import { Ellipsis } from "lucide-react";
import { NavLink } from "./nav-link";
import type { NavItem } from "./sidebar";

const ENTRY =
  "flex h-14 flex-1 flex-col items-center justify-center gap-1 text-xs font-medium text-text-2 -outline-offset-2 aria-[current=page]:text-text";

/** The first pages under the thumb; More opens the sidebar. */
export function BottomBar({ nav }: { nav: readonly NavItem[] }) {
  return (
    <nav aria-label="Quick access" className="bottom-bar">
      {nav.slice(0, 4).map(({ href, label, icon: Icon }) => (
        <NavLink key={href} href={href} className={ENTRY}>
          <Icon size={19} aria-hidden />
          {label}
        </NavLink>
      ))}
      <button type="button" popoverTarget="sidebar" className={ENTRY}>
        <Ellipsis size={19} aria-hidden />
        More
      </button>
    </nav>
  );
}
