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
