"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "@/components/ui/button-style";
import type { Plan } from "@/lib/plans/schema";
import type { PlanForm } from "./plan-specs";

const PlanDialog = lazy(() => import("./plan-dialog"));

type PlanButtonProps = ButtonStyle & { form: PlanForm; plan: Plan | null; label?: string; children: ReactNode };

/** Opens a form of a plan. */
export function PlanButton({ form, plan, label, variant, size = "sm", children }: PlanButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={label}
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant, size })}
      >
        {children}
      </button>
      {open ? (
        <Suspense>
          <PlanDialog form={form} plan={plan} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
