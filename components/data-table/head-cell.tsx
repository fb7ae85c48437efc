import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../ui/cn";

type Sort = {
  /** How the list is ordered now by this column, if it is. */
  direction: "asc" | "desc" | null;
  /** The list ordered by this column, or the other way round. */
  href: string;
};

type ThProps = {
  sort?: Sort;
  numeric?: boolean;
  from?: "lg" | "xl";
  width?: number;
  className?: string;
  children?: ReactNode;
};

const FROM = { lg: "max-lg:hidden", xl: "max-xl:hidden" };
const ARIA = { asc: "ascending", desc: "descending" } as const;

export function Th({ sort, numeric, from, width, className, children }: ThProps) {
  return (
    <th
      scope="col"
      aria-sort={sort?.direction ? ARIA[sort.direction] : undefined}
      style={width ? { width } : undefined}
      className={cn(numeric && "text-right", from && FROM[from], className)}
    >
      {sort ? <SortLink {...sort}>{children}</SortLink> : children}
    </th>
  );
}

function SortLink({ direction, href, children }: Sort & { children: ReactNode }) {
  const Arrow = direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <Link
      href={href}
      scroll={false}
      className={cn("group inline-flex min-h-6 items-center gap-1 hover:text-text", direction && "text-text")}
    >
      {children}
      <Arrow size={12} aria-hidden className={direction ? "" : "opacity-0 group-hover:opacity-60"} />
    </Link>
  );
}
