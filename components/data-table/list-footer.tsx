import type { ReactNode } from "react";
import { cn } from "../ui/cn";
import { Tile } from "../ui/tile";

type ListFooterProps = {
  /** What is shown: "50 of 1,204 exact". */
  children: ReactNode;
  source?: {
    /** Letters of the store's tile. */
    tile: string;
    /** "PostgreSQL, 3 ms", or "PostgreSQL in place of Elasticsearch, 14 ms". */
    text: ReactNode;
    /** True when it answers in place of another. */
    degraded?: boolean;
  };
  /** Rows per page, hidden counts. */
  aside?: ReactNode;
  pager?: ReactNode;
};

/** Stays under the rows: how many, from which store, how quickly. */
export function ListFooter({ children, source, aside, pager }: ListFooterProps) {
  return (
    <footer className="flex min-h-[42px] flex-none flex-wrap items-center gap-x-3 gap-y-1 py-1 text-sm text-text-2">
      <span role="status">{children}</span>
      {source ? (
        <span className={cn("flex items-center gap-1.5", source.degraded ? "text-warn" : "text-text-3")}>
          <Tile code={source.tile} size={18} muted />
          <span>{source.text}</span>
        </span>
      ) : null}
      <span className="ml-auto flex items-center gap-3">
        {aside ? <span className="text-text-3">{aside}</span> : null}
        {pager}
      </span>
    </footer>
  );
}
