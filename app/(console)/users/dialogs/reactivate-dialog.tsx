"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { previewReactivate, reactivate } from "../actions";
import type { UserDialogProps } from "./user-dialog";

const ACTIONS = { run: reactivate, dryRun: previewReactivate };

export function ReactivateDialog({ user, onClose }: UserDialogProps) {
  const [version, setVersion] = useState(user.version);
  const [reason, setReason] = useState("");
  return (
    <CommandDialog
      title={`Reactivate ${user.display_name}`}
      description={`${user.email} may sign in again. Sessions that ended stay ended.`}
      actions={ACTIONS}
      fields={{ id: user.id, version: String(version) }}
      confirm={{
        label: `Reactivate ${user.display_name}`,
        pending: "Reactivating…",
        icon: <CircleCheck size={14} aria-hidden />,
      }}
      onRebase={(current) => setVersion(Number(current["version"]))}
      onSaved={(saved) => {
        announce(`${user.display_name} reactivated`, saved);
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </CommandDialog>
  );
}
