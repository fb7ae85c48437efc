"use client";

import { Stamp } from "lucide-react";
import { CommandDialog } from "../../commands/command-dialog";
import { announce } from "../../commands/undo-toast";
import { withAmount } from "../../commands/words";
import { approveDry, approveRun } from "../actions";

const ACTIONS = { run: approveRun, dryRun: approveDry };

type ApproveDialogProps = { id: string; title: string; onClose: () => void };

/** Approving carries it out, with the numbers of now. */
export default function ApproveDialog({ id, title, onClose }: ApproveDialogProps) {
  return (
    <CommandDialog
      decides
      title={`Approve: ${title}`}
      description="It is carried out at once, in your name and that of whoever asked."
      actions={ACTIONS}
      fields={{ id }}
      confirm={{
        label: (preview) => withAmount("Approve", preview),
        pending: "Carrying out…",
        icon: <Stamp size={14} aria-hidden />,
      }}
      focusCancel
      onSaved={(saved) => {
        announce(`Approved: ${title}`, saved);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
