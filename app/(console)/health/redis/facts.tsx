import { CircleCheck, CircleMinus, CircleQuestionMark, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** `null`: the server does not say. `off`: there is none, and none is needed. */
export type FactState = "ok" | "warn" | "off" | null;

const ICONS = {
  ok: <CircleCheck size={15} aria-label="In order" className="text-ok" />,
  warn: <TriangleAlert size={15} aria-label="Not in order" className="text-warn" />,
  off: <CircleMinus size={15} aria-label="None" className="text-text-3" />,
  unknown: <CircleQuestionMark size={15} aria-label="Unknown" className="text-text-2" />,
};

export function Facts({ children }: { children: ReactNode }) {
  return <ul className="space-y-2 px-3.5 py-3">{children}</ul>;
}

export function Fact({ state, label, children }: { state: FactState; label: string; children: ReactNode }) {
  return (
    <li className="status flex items-start gap-2">
      <span className="mt-[3px] flex-none">{ICONS[state ?? "unknown"]}</span>
      <p className="min-w-0 text-text-2 [overflow-wrap:anywhere]">
        <b className="mr-1.5 font-medium text-text">{label}</b>
        {children}
      </p>
    </li>
  );
}
