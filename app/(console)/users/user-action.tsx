"use client";

import { lazy, Suspense, useState, type ComponentProps } from "react";
import type { UserCommand } from "./dialogs/user-dialog";
import type { UserTarget } from "./user-target";

const UserDialog = lazy(() => import("./dialogs/user-dialog"));

type UserActionProps = Omit<ComponentProps<"button">, "onClick"> & { user: UserTarget; command: UserCommand };

/** A button that opens the dialog of one command. */
export function UserAction({ user, command, ...props }: UserActionProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} {...props} />
      {open ? (
        <Suspense>
          <UserDialog command={command} user={user} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
