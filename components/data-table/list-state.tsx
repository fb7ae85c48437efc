import { EyeOff, FilterX, OctagonX, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/empty";
import { Mono } from "../ui/mono";

/** The search has no hit: clear it, or another word. */
export function NoHit({ title, clearHref, children }: { title: string; clearHref: string; children?: ReactNode }) {
  return (
    <Empty icon={SearchX} title={title} role="status" actions={<ButtonLink href={clearHref}>Clear search</ButtonLink>}>
      {children}
    </Empty>
  );
}

type FilteredAwayProps = {
  title: string;
  /** The filter whose removal helps most. */
  remove?: { field: string; href: string };
  clearHref: string;
  children?: ReactNode;
};

export function FilteredAway({ title, remove, clearHref, children }: FilteredAwayProps) {
  const actions = (
    <>
      {remove ? <ButtonLink href={remove.href}>Remove {remove.field}</ButtonLink> : null}
      <ButtonLink href={clearHref}>Clear filters</ButtonLink>
    </>
  );
  return (
    <Empty icon={FilterX} title={title} role="status" actions={actions}>
      {children}
    </Empty>
  );
}

/** Not allowed is not empty: who may, and what is hidden. */
export function Denied({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <Empty icon={EyeOff} title={title} actions={actions}>
      {children}
    </Empty>
  );
}

type FailedProps = { title: string; reference?: string; actions?: ReactNode; children?: ReactNode };

/** A panel whose store did not answer; the rest of the page stays. */
export function Failed({ title, reference, actions, children }: FailedProps) {
  return (
    <Empty icon={OctagonX} tone="bad" role="alert" title={title} actions={actions}>
      {children ?? "The rest of the page works."}
      {reference ? (
        <>
          {" "}
          Reference <Mono>{reference}</Mono>, in the log.
        </>
      ) : null}
    </Empty>
  );
}

/** In the place of the rows, edge to edge: why there are none. */
export function ListFrame({ children }: { children: ReactNode }) {
  return <div className="-mx-5 grid min-h-0 flex-1 border-t max-md:-mx-4">{children}</div>;
}
