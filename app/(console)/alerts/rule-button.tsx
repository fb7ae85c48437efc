"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "@/components/ui/button-style";
import type { Rule, SignalChoice } from "@/lib/alerts/schema";

const RuleDialog = lazy(() => import("./rule-dialog"));

export type RuleEditorProps = {
  /** Null: a new one. */
  rule: Rule | null;
  signals: readonly SignalChoice[];
  channels: readonly { id: string; name: string }[];
};

type RuleButtonProps = RuleEditorProps & ButtonStyle & { "aria-label"?: string; children: ReactNode };

export function RuleButton({ rule, signals, channels, variant, children, ...props }: RuleButtonProps) {
  const [open, setOpen] = useState(false);
  const size = variant === "primary" ? "md" : "sm";
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={props["aria-label"]}
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant, size })}
      >
        {children}
      </button>
      {open ? (
        <Suspense>
          <RuleDialog rule={rule} signals={signals} channels={channels} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
