import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

type Tab = { label: string; href: string; active?: boolean; count?: ReactNode };

/** Links, not script: the tab is part of the URL. `label` names the group for screen readers. */
export function Tabs({ tabs, label, children }: { tabs: Tab[]; label: string; children?: ReactNode }) {
  return (
    <nav aria-label={label} className="-mx-5 flex gap-0.5 overflow-x-auto border-b px-5 max-md:-mx-4 max-md:px-4">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.active ? "page" : undefined}
          className={cn(
            "-mb-px flex h-[34px] flex-none items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium text-text-2 -outline-offset-2 hover:text-text touch:h-11",
            tab.active && "border-text text-text",
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="text-sm font-normal text-text-3">{tab.count}</span>}
        </Link>
      ))}
      {children ? <span className="ml-auto flex items-center">{children}</span> : null}
    </nav>
  );
}
