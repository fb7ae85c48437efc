"use client";

import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";

const NewDialog = lazy(() => import("./new-dialog"));

/** A price that is sold, in words. */
export type Sold = { value: string; label: string };

export function NewButton({ sold }: { sold: readonly Sold[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant: "primary" })}
      >
        <Plus size={14} aria-hidden />
        New subscription
      </button>
      {open ? (
        <Suspense>
          <NewDialog sold={sold} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
