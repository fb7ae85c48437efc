import Link from "next/link";
import { cn } from "./cn";

type Segment = { label: string; href: string; active?: boolean };

export function Segmented({ segments, label, small }: { segments: Segment[]; label: string; small?: boolean }) {
  return (
    <nav
      aria-label={label}
      className={cn(
        "inline-flex flex-none divide-x divide-line overflow-hidden rounded-md border border-line-2 bg-raised touch:h-11",
        small ? "h-[26px] text-sm" : "h-[30px]",
      )}
    >
      {segments.map((segment) => (
        <Link
          key={segment.href}
          href={segment.href}
          scroll={false}
          aria-current={segment.active ? "true" : undefined}
          className={cn(
            "flex items-center px-2.5 font-medium text-text-2 -outline-offset-2 hover:text-text",
            segment.active && "bg-hover text-text",
          )}
        >
          {segment.label}
        </Link>
      ))}
    </nav>
  );
}
