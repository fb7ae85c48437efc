import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("min-w-0 rounded-lg border bg-raised", className)} {...props} />;
}

type CardHeaderProps = { title: ReactNode; hint?: ReactNode; children?: ReactNode; id?: string; tone?: "bad" };

/** `children` are the controls at the right. */
export function CardHeader({ title, hint, children, id, tone }: CardHeaderProps) {
  return (
    <header className="flex min-h-[42px] flex-wrap items-center gap-x-2 border-b px-3.5 py-1.5">
      <h2 id={id} className={cn("text-lg font-semibold tracking-[-0.005em]", tone === "bad" && "text-bad")}>
        {title}
      </h2>
      {hint ? <span className="text-sm text-text-3">{hint}</span> : null}
      {children ? <span className="ml-auto flex items-center gap-2">{children}</span> : null}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("px-3.5 py-3", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex min-h-[38px] items-center gap-2 rounded-b-lg border-t bg-sunken px-3.5 text-sm text-text-2",
        className,
      )}
      {...props}
    />
  );
}
