import { ChevronLeft, ChevronRight, ChevronsLeft } from "lucide-react";
import type { ReactNode } from "react";
import { buttonStyle } from "../ui/button-style";
import { ButtonLink } from "../ui/button";

type PagerProps = {
  /** Null: there is no such page from here. */
  first: string | null;
  previous: string | null;
  next: string | null;
  /** `newest`/`older` words for logs. */
  words?: { previous: string; next: string };
};

/** Keyset paging: no page numbers, for none could be kept true. */
export function Pager({ first, previous, next, words = { previous: "Previous", next: "Next" } }: PagerProps) {
  return (
    <nav aria-label="Pages" className="flex items-center gap-1">
      <PagerLink href={first}>
        <ChevronsLeft size={13} aria-hidden />
        First
      </PagerLink>
      <PagerLink href={previous} shortcut="previous">
        <ChevronLeft size={13} aria-hidden />
        {words.previous}
      </PagerLink>
      <PagerLink href={next} shortcut="next">
        {words.next}
        <ChevronRight size={13} aria-hidden />
      </PagerLink>
    </nav>
  );
}

function PagerLink({ href, shortcut, children }: { href: string | null; shortcut?: string; children: ReactNode }) {
  if (href === null) {
    return (
      <span aria-disabled="true" role="link" className={buttonStyle({ size: "sm" })}>
        {children}
      </span>
    );
  }
  return (
    <ButtonLink href={href} size="sm" data-shortcut={shortcut}>
      {children}
    </ButtonLink>
  );
}
