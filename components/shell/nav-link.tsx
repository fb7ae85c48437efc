"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = {
  href: string;
  /** Pages under it have links of their own. */
  exact?: boolean | undefined;
  prefetch?: false;
  className?: string;
  children: ReactNode;
};

/** Knows whether it leads to where the reader is; following it closes the sheet it stands in. */
export function NavLink({ href, exact = href === "/", prefetch, className = "nav-link", children }: NavLinkProps) {
  const path = usePathname();
  const active = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      prefetch={prefetch}
      aria-current={active ? "page" : undefined}
      onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
      className={className}
    >
      {children}
    </Link>
  );
}
