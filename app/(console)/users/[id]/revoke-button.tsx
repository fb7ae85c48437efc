"use client";

import { lazy, Suspense, useState } from "react";

const RevokeDialog = lazy(() => import("./revoke-dialog"));

export type RevokeProps = { id: string; version: number; label: string; name: string };

export function RevokeButton(props: RevokeProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Revoke the session on ${props.label}`}
        onClick={() => setOpen(true)}
        className="link min-h-6 flex-none touch:min-h-11 touch:px-2"
      >
        Revoke…
      </button>
      {open ? (
        <Suspense>
          <RevokeDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
