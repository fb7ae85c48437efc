import clsx from "clsx";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

type TooltipProps = {
  text: string;
  keys?: string;
  side?: "bottom" | "right" | "top";
  className?: string;
  children: ReactNode;
};

/** Shown by CSS on hover and focus; the control inside carries its own accessible name. */
export function Tooltip({ text, keys, side = "bottom", className, children }: TooltipProps) {
  return (
    <span className={clsx("tooltip-host", className)}>
      {children}
      <span aria-hidden className="tooltip" data-side={side}>
        {text}
        {keys ? <Kbd>{keys}</Kbd> : null}
      </span>
    </span>
  );
}
