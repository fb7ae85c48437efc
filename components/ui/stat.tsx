import type { ReactNode } from "react";
import { cn } from "./cn";

/** A row of figures in one card; wraps to two columns on narrow screens. */
export function Stats({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        "grid auto-cols-fr grid-flow-col overflow-hidden rounded-lg border bg-raised max-md:grid-flow-row max-md:grid-cols-2 [&>*]:border-l [&>*]:-ml-px max-md:[&>*]:-mt-px max-md:[&>*]:border-t",
        className,
      )}
    >
      {children}
    </dl>
  );
}

type StatProps = {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  tone?: "warn" | "bad" | undefined;
  aside?: ReactNode;
};

export function Stat({ label, value, hint, tone, aside }: StatProps) {
  return (
    <div className={cn("min-w-0 px-3.5 py-2.5", aside !== undefined && "relative")}>
      <dt className="truncate text-sm text-text-3">{label}</dt>
      <dd
        className={cn(
          "truncate text-xl font-semibold tracking-[-0.015em]",
          tone === "warn" && "text-warn",
          tone === "bad" && "text-bad",
        )}
      >
        {value}
      </dd>
      {hint ? <dd className="truncate text-sm text-text-3">{hint}</dd> : null}
      {aside ? <dd className="absolute top-2.5 right-3.5 w-14 max-lg:hidden">{aside}</dd> : null}
    </div>
  );
}
