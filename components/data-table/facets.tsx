import { ChevronDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../ui/cn";
import { formatNumber } from "../ui/number";

/** A heading that folds its values; open from the start. */
export function Facet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details open className="group border-b py-2.5">
      <summary className="flex min-h-6 list-none items-center justify-between font-medium text-sm">
        {title}
        <ChevronDown size={14} aria-hidden className="-rotate-90 text-text-3 group-open:rotate-0" />
      </summary>
      <ul className="mt-1">{children}</ul>
    </details>
  );
}

type FacetValueProps = { label: ReactNode; count?: number; active: boolean; href: string };

/** A link that adds or removes one value; drawn as a box because several may be on. */
export function FacetValue({ label, count, active, href }: FacetValueProps) {
  return (
    <li>
      <Link
        href={href}
        scroll={false}
        aria-current={active ? "true" : undefined}
        className="-mx-1.5 flex min-h-[25px] items-center gap-2 rounded-sm px-1.5 hover:bg-hover touch:min-h-11"
      >
        <span aria-hidden className={cn("facet-box", active && "on")} />
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {count === undefined ? null : <span className="text-sm text-text-3">{formatNumber(count)}</span>}
      </Link>
    </li>
  );
}
