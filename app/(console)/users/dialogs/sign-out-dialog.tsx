"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { previewSignOut, signOut } from "../actions";
import type { UserDialogProps } from "./user-dialog";

const ACTIONS = { run: signOut, dryRun: previewSignOut };

export function SignOutDialog({ user, onClose }: UserDialogProps) {
  const [version, setVersion] = useState(user.version);
  const [reason, setReason] = useState("");
  return (
    <CommandDialog
      title={`Sign ${user.display_name} out everywhere`}
      description={`Every live session of ${user.email} ends at once. Signing in again stays possible.`}
      actions={ACTIONS}
      fields={{ id: user.id, version: String(version) }}
      confirm={{
        label: "Sign out everywhere",
        pending: "Signing out…",
        icon: <LogOut size={14} aria-hidden />,
        danger: true,
      }}
      onRebase={(current) => setVersion(Number(current["version"]))}
      onSaved={(saved) => {
        announce(`${user.display_name} signed out everywhere`, saved, "Each session ends with its next request.");
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </CommandDialog>
  );
}
