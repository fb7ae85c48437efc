import type { ReactNode } from "react";
import { cn } from "../ui/cn";
import { Count, formatNumber } from "../ui/number";
import { Segmented } from "../ui/segmented";
import { Tile } from "../ui/tile";
import { Pager } from "./pager";
import type { ListQuery } from "./params";

type ListFooterProps = {
  query: Pick<ListQuery, "input" | "href">;
  /** How many rows are shown. */
  shown: number;
  /** Without a total where none is counted. */
  page: { next: string | null; previous: string | null; estimated_total?: number; exact?: boolean };
  source?: {
    /** Letters of the store's tile. */
    tile: string;
    /** "PostgreSQL, 3 ms", or "PostgreSQL in place of Elasticsearch, 14 ms". */
    text: ReactNode;
    /** True when it answers in place of another. */
    degraded?: boolean;
  };
  /** `newest`: a log, which goes to newer and older. */
  order?: "newest";
  /** How many rows a page may have. */
  sizes?: readonly number[];
};

const LOG = { previous: "Newer", next: "Older" };

export const PAGE_SIZES = [25, 50, 100];

/** Stays under the rows: how many, from which store, how quickly, and the way to the other pages. */
export function ListFooter({ query, shown, page, source, order, sizes }: ListFooterProps) {
  const { input, href } = query;
  return (
    <footer className="flex min-h-[42px] flex-none flex-wrap items-center gap-x-3 gap-y-1 py-1 text-sm text-text-2">
      <span role="status">
        <b className="font-medium text-text">{formatNumber(shown)}</b>{" "}
        {page.estimated_total === undefined ? (
          "shown"
        ) : (
          <>
            of <Count value={page.estimated_total} exact={page.exact ?? false} />
          </>
        )}
      </span>
      {source ? (
        <span className={cn("flex items-center gap-1.5", source.degraded ? "text-warn" : "text-text-3")}>
          <Tile code={source.tile} size={18} muted />
          <span>{source.text}</span>
        </span>
      ) : null}
      <span className="ml-auto flex items-center gap-3">
        {sizes ? <PageSize query={query} sizes={sizes} /> : null}
        <Pager
          words={order === "newest" ? LOG : undefined}
          first={input.after || input.before ? href({}) : null}
          previous={page.previous ? href({ before: page.previous }) : null}
          next={page.next ? href({ after: page.next }) : null}
        />
      </span>
    </footer>
  );
}

function PageSize({ query, sizes }: Required<Pick<ListFooterProps, "query" | "sizes">>) {
  const segments = sizes.map((size) => ({
    label: String(size),
    href: query.href({ limit: size }),
    active: query.input.limit === size,
  }));
  return (
    <span className="flex items-center gap-2 text-text-3 max-md:hidden">
      Rows <Segmented small label="Rows on a page" segments={segments} />
    </span>
  );
}
