"use client";

import type { UserTarget } from "../user-target";
import { EditDialog } from "./edit-dialog";
import { ReactivateDialog } from "./reactivate-dialog";
import { SignOutDialog } from "./sign-out-dialog";
import { SuspendDialog } from "./suspend-dialog";

export type UserCommand = "edit" | "suspend" | "reactivate" | "sign-out";

export type UserDialogProps = { user: UserTarget; onClose: () => void };

const DIALOGS = {
  edit: EditDialog,
  suspend: SuspendDialog,
  reactivate: ReactivateDialog,
  "sign-out": SignOutDialog,
};

/** Loaded with the first dialog that is opened. */
export default function UserDialog({ command, ...props }: UserDialogProps & { command: UserCommand }) {
  const Dialog = DIALOGS[command];
  return <Dialog {...props} />;
}
