import type { ReactNode } from "react";

export function Del({ children }: { children: ReactNode }) {
  return (
    <del className="rounded-[3px] bg-bad-soft px-0.5 text-bad decoration-1 [overflow-wrap:anywhere]">{children}</del>
  );
}

export function Ins({ children }: { children: ReactNode }) {
  return (
    <ins className="rounded-[3px] bg-ok-soft px-0.5 text-ok no-underline [overflow-wrap:anywhere]">{children}</ins>
  );
}

/** Old value struck through before the new one; a missing side is left out. */
export function Diff({ before, after }: { before?: ReactNode; after?: ReactNode }) {
  return (
    <span className="whitespace-normal">
      {before === undefined || before === null ? null : <Del>{before}</Del>}
      {before === undefined || before === null || after === undefined || after === null ? null : " "}
      {after === undefined || after === null ? null : <Ins>{after}</Ins>}
    </span>
  );
}
