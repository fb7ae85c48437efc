import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "./button-style";
import { Kbd } from "./kbd";

type MenuProps = ButtonStyle & {
  /** Unique on the page; ties button and list together. */
  id: string;
  /** Accessible name of the button when `trigger` is an icon alone. */
  label: string;
  trigger: ReactNode;
  align?: "end" | "start" | "top";
  /** Key of the registry that opens it. */
  shortcut?: string;
  className?: string;
  panelClassName?: string;
  children: ReactNode;
};

/** A native popover: no script, closes with Esc or a click elsewhere, returns the focus. */
export function Menu({
  id,
  label,
  trigger,
  align = "end",
  shortcut,
  variant,
  size,
  className,
  panelClassName,
  children,
}: MenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        data-shortcut={shortcut}
        className={className ?? buttonStyle({ variant: variant ?? "ghost", size: size ?? "icon" })}
      >
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        data-align={align}
        className={clsx(
          "menu-popover min-w-[200px] rounded-lg border bg-raised p-[5px] text-base font-normal text-text shadow-md",
          panelClassName,
        )}
      >
        {children}
      </div>
    </>
  );
}

/** For a link or button in a menu. */
export const menuItemStyle =
  "flex h-8 w-full items-center gap-2.5 rounded-[6px] px-2 text-left font-normal whitespace-nowrap text-text -outline-offset-2 hover:bg-hover touch:h-11";

type MenuRowProps = { icon?: ReactNode; keys?: string; danger?: boolean; children: ReactNode };

/** Icon, words and key of one entry; goes inside the link or button. */
export function MenuRow({ icon, keys, danger, children }: MenuRowProps) {
  return (
    <span className={clsx("flex flex-1 items-center gap-2.5", danger ? "text-bad" : "[&>.lucide]:text-text-2")}>
      {icon}
      <span className="flex-1">{children}</span>
      {keys ? <Kbd>{keys}</Kbd> : null}
    </span>
  );
}

export function MenuSeparator(props: ComponentProps<"hr">) {
  return <hr className="-mx-[5px] my-[5px]" {...props} />;
}
