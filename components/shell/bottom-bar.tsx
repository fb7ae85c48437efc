import { Ellipsis } from "lucide-react";
import { NavLink } from "./nav-link";
import type { NavItem } from "./sidebar";

const ENTRY =
  "flex h-14 flex-1 flex-col items-center justify-center gap-1 text-xs font-medium text-text-2 -outline-offset-2 aria-[current=page]:text-text";

/** The others are under More, and alerts have their bell in the header. */
const THUMB = ["/", "/users", "/audit", "/health"];

/** The pages one opens most, under the thumb; More opens the sidebar. */
export function BottomBar({ nav }: { nav: readonly NavItem[] }) {
  const pages = nav.filter(({ href }) => THUMB.includes(href));
  return (
    <nav aria-label="Quick access" className="bottom-bar">
      {pages.map(({ href, label, icon: Icon }) => (
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
