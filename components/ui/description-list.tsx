import type { ReactNode } from "react";

export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[108px_minmax(0,1fr)] items-baseline gap-y-[7px]">{children}</dl>;
}

export function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-text-3">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
