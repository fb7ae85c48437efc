import clsx from "clsx";
import type { ComponentProps } from "react";

export const inputStyle =
  "w-full min-w-0 rounded-md border border-input bg-canvas px-[9px] text-base text-text outline-offset-[-1px] placeholder:text-text-3 focus-visible:ring-3 focus-visible:ring-accent/22 aria-invalid:border-bad disabled:bg-sunken disabled:text-text-3 max-md:text-[16px]";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={clsx(inputStyle, "h-[30px] touch:h-11", className)} {...props} />;
}

export function Textarea({ className, rows = 2, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={clsx(inputStyle, "block resize-y px-2.5 py-[7px]", className)} {...props} />;
}
