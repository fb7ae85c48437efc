import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode };

/** A native box drawn by `.checkbox` in globals.css. */
export function Checkbox({ label, className, ...props }: CheckboxProps) {
  return (
    <label className={clsx("inline-flex min-h-6 items-center gap-2 touch:min-h-11", className)}>
      <input type="checkbox" className="checkbox" {...props} />
      {label}
    </label>
  );
}

export function Radio({ label, className, ...props }: CheckboxProps) {
  return (
    <label className={clsx("inline-flex min-h-6 items-center gap-2 touch:min-h-11", className)}>
      <input type="radio" className="radio" {...props} />
      {label}
    </label>
  );
}
