import type { ReactNode } from "react";
import { cn } from "../ui/cn";

type FilterBarProps = { search: ReactNode; chips?: ReactNode; aside?: ReactNode; className?: string };

/** Search, then chips and + Filter, then sort or columns at the right. */
export function FilterBar({ search, chips, aside, className }: FilterBarProps) {
  return (
    <div className={cn("flex flex-none flex-wrap items-center gap-2 py-2.5", className)}>
      {search}
      {chips}
      {aside ? <span className="ml-auto flex items-center gap-1">{aside}</span> : null}
    </div>
  );
}
