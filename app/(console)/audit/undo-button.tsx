"use client";

import { Undo2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const UndoDialog = lazy(() => import("./undo-dialog"));

/** `what` says which change is taken back, as in "suspended Ada Okoye". */
export type UndoProps = { record: string; what: string };

export function UndoButton({ className = "link", ...props }: UndoProps & { className?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Undo: ${props.what}`}
        onClick={() => setOpen(true)}
        className={`inline-flex min-h-6 items-center gap-1 touch:min-h-11 ${className}`}
      >
        <Undo2 size={13} aria-hidden />
        Undo…
      </button>
      {open ? (
        <Suspense>
          <UndoDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
