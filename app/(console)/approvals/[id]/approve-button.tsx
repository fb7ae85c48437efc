"use client";

import { Stamp } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";

const ApproveDialog = lazy(() => import("./approve-dialog"));

/** Opens the same preview that whoever asked confirmed, of this moment. */
export function ApproveButton({ id, title }: { id: string; title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant: "primary" })}
      >
        <Stamp size={14} aria-hidden />
        Approve…
      </button>
      {open ? (
        <Suspense>
          <ApproveDialog id={id} title={title} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
