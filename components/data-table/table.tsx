import type { ComponentProps, ReactNode } from "react";
import { cn } from "../ui/cn";

type TableProps = {
  /** Says what the rows are and how many; read aloud, not drawn. */
  caption: string;
  /** `page`: edge to edge and scrolling in its frame; `card`: inside a card, compact rows. */
  variant?: "page" | "card";
  /** Under 768 px each row becomes a card; cells say their place by `slot`. */
  cards?: boolean;
  className?: string;
  children: ReactNode;
};

export function Table({ caption, variant = "page", cards = false, className, children }: TableProps) {
  const table = (
    <table className={cn("data-table", variant, cards && "cards", className)}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
  const frame =
    variant === "page" ? "table-frame min-h-0 flex-1 overflow-auto border-t -mx-5 max-md:-mx-4" : "overflow-x-auto";
  return (
    <div role="region" aria-label={caption} tabIndex={0} className={cn(frame, "outline-offset-[-2px]")}>
      {table}
    </div>
  );
}

type RowProps = ComponentProps<"tr"> & { state?: "selected" | "changed" | "pending" };

/** Rows with `data-row` are walked by J and K; the link in the name cell carries `data-row-link`. */
export function Row({ state, ...props }: RowProps) {
  return <tr data-row="" data-state={state} aria-selected={state === "selected" ? true : undefined} {...props} />;
}

/** `more` is a line of its own under the others. */
export type Slot = "title" | "sub" | "side" | "side-2" | "more" | "menu" | "none";

type CellProps = ComponentProps<"td"> & {
  /** Place in the card under 768 px. */
  slot?: Slot;
  numeric?: boolean;
  muted?: boolean;
  /** The narrowest window that shows this column. */
  from?: "lg" | "xl";
};

const FROM = { lg: "max-lg:hidden", xl: "max-xl:hidden" };

export function Td({ slot = "none", numeric, muted, from, className, ...props }: CellProps) {
  return (
    <td
      data-slot={slot}
      className={cn(numeric && "text-right", muted && "text-text-2", from && FROM[from], className)}
      {...props}
    />
  );
}
