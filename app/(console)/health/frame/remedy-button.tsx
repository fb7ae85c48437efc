"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import type { FormInput } from "@/components/form/form-field";
import { buttonStyle } from "@/components/ui/button-style";
import type { CommandActions } from "../../commands/use-command";

const RemedyDialog = lazy(() => import("./remedy-dialog"));

/** What a person types before there can be a preview. */
export type RemedyInput = FormInput & { value?: string };

export type RemedyProps = CommandActions & {
  /** Names the target; sent with the preview and with the act. */
  fields: Record<string, string>;
  title: string;
  description?: string;
  /** Verb and object, as on the button that does it: "Cancel query". */
  confirm: string;
  danger?: boolean;
  extra?: readonly RemedyInput[];
  /** A change of our own records: tried out beforehand and rolled back, and there may be a way back. */
  command?: boolean;
  /** `none` where the operation takes no reason, `optional` where it may be left out. */
  reason?: "none" | "optional";
};

type RemedyButtonProps = RemedyProps & {
  label: ReactNode;
  /** Says which, where several buttons with the same label stand in a table. */
  ariaLabel?: string;
  variant?: "primary" | "secondary" | "danger" | "ghost";
  size?: "sm" | "md";
};

/** Opens the preview of an act on an engine; nothing is done before it is confirmed there. */
export function RemedyButton({ label, ariaLabel, variant, size = "sm", ...remedy }: RemedyButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={ariaLabel}
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant: variant ?? (remedy.danger ? "danger" : "secondary"), size })}
      >
        {label}
      </button>
      {open ? (
        <Suspense>
          <RemedyDialog {...remedy} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
