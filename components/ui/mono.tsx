import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Identifiers, SQL and JSON only. */
export function Mono({ className, ...props }: ComponentProps<"code">) {
  return <code className={cn("font-mono text-sm leading-5 [overflow-wrap:anywhere]", className)} {...props} />;
}

export function CodeBlock({ children, label }: { children: string; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="overflow-auto rounded-md border bg-sunken px-2.5 py-[7px] font-mono text-sm leading-[19px]"
    >
      {children}
    </pre>
  );
}
