import clsx from "clsx";
import type { ReactNode } from "react";
import type { Icon } from "./tone";

type EmptyProps = {
  icon: Icon;
  title: string;
  /** What it means and what comes next. */
  children?: ReactNode;
  actions?: ReactNode;
  tone?: "off" | "bad" | "warn";
  /** h1 on a page of its own, h2 within a page. */
  level?: 1 | 2;
  role?: "alert" | "status";
  className?: string;
};

const BOX = { off: "bg-off-soft text-text-2", bad: "bg-bad-soft text-bad", warn: "bg-warn-soft text-warn" };

/** Every designed state without rows: nothing yet, no hit, filtered away, denied, failed. */
export function Empty({ icon: Icon, title, children, actions, tone = "off", level = 2, role, className }: EmptyProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div
      role={role}
      className={clsx("grid place-content-center justify-items-center px-5 py-12 text-center", className)}
    >
      <span className={clsx("status mb-3.5 grid size-[38px] place-items-center rounded-[9px]", BOX[tone])}>
        <Icon size={18} aria-hidden />
      </span>
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children ? <p className="mt-1 max-w-[340px] text-balance text-text-2">{children}</p> : null}
      {actions ? <div className="mt-3.5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
