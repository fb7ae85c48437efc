import clsx from "clsx";
import type { ReactNode } from "react";
import type { Icon, Tone } from "./tone";

const FILLED: Record<Tone | "unknown" | "outline", string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-accent-soft text-accent-text",
  off: "bg-off-soft text-off",
  unknown: "border border-dashed border-input text-text-2",
  outline: "border border-line-2 text-text-2",
};

const QUIET: Record<Tone | "unknown" | "outline", string> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-accent-text",
  off: "text-off",
  unknown: "text-text-2",
  outline: "text-text-2",
};

type BadgeProps = {
  tone?: Tone | "unknown" | "outline";
  icon?: Icon;
  /** Icon and word without a fill, for ordinary states. */
  quiet?: boolean;
  className?: string;
  children: ReactNode;
};

export function Badge({ tone = "off", icon: Icon, quiet = false, className, children }: BadgeProps) {
  const box = quiet ? QUIET[tone] : clsx("px-[7px]", Icon && "pl-1.5", FILLED[tone]);
  return (
    <span
      className={clsx(
        "status inline-flex h-[21px] flex-none items-center gap-[5px] rounded-sm text-sm font-medium whitespace-nowrap",
        box,
        className,
      )}
    >
      {Icon ? <Icon size={13} aria-hidden /> : null}
      {children}
    </span>
  );
}
