import clsx from "clsx";
import { CircleX, Info, TriangleAlert, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { TONE_TEXT, type Icon } from "./tone";

type NoteTone = "info" | "warn" | "bad" | "ok" | "off";

const BOX: Record<NoteTone, string> = {
  info: "bg-accent-soft border-accent/20",
  warn: "bg-warn-soft border-warn/20",
  bad: "bg-bad-soft border-bad/20",
  ok: "bg-ok-soft border-ok/20",
  off: "bg-sunken border-line",
};

const ICON: Record<NoteTone, Icon> = { info: Info, warn: TriangleAlert, bad: CircleX, ok: Undo2, off: Info };

type NoteProps = {
  tone?: NoteTone;
  title?: ReactNode;
  icon?: Icon;
  action?: ReactNode;
  role?: "alert" | "status";
  className?: string;
  children?: ReactNode;
};

export function Note({ tone = "info", title, icon, action, role, className, children }: NoteProps) {
  const Icon = icon ?? ICON[tone];
  return (
    <div
      role={role}
      className={clsx("flex gap-[9px] rounded-[8px] border px-3 py-[9px] text-sm leading-[18px]", BOX[tone], className)}
    >
      <Icon size={15} aria-hidden className={clsx("mt-px", TONE_TEXT[tone])} />
      <div className="min-w-0 flex-1">
        {title ? <b className="block font-semibold">{title}</b> : null}
        {children}
      </div>
      {action}
    </div>
  );
}
