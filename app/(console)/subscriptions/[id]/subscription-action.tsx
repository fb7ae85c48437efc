"use client";

import { lazy, Suspense, useState, type ComponentProps } from "react";
import type { SubscriptionCommand } from "./dialogs/subscription-dialog";
import type { About, Target } from "./target";

const SubscriptionDialog = lazy(() => import("./dialogs/subscription-dialog"));

type SubscriptionActionProps = Omit<ComponentProps<"button">, "onClick" | "about"> & {
  target: Target;
  command: SubscriptionCommand;
  /** The transaction it is about. */
  about?: About;
};

/** A button that opens the dialog of one command. */
export function SubscriptionAction({ target, command, about, ...props }: SubscriptionActionProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} {...props} />
      {open ? (
        <Suspense>
          <SubscriptionDialog {...{ target, command }} about={about ?? null} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
