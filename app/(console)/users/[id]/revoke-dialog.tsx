"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { previewRevoke, revoke } from "../actions";
import type { RevokeProps } from "./revoke-button";

const ACTIONS = { run: revoke, dryRun: previewRevoke };

export default function RevokeDialog({ id, version, label, name, onClose }: RevokeProps & { onClose: () => void }) {
  const [newest, setNewest] = useState(version);
  const [reason, setReason] = useState("");
  return (
    <CommandDialog
      title="Revoke one session"
      description={`${label} of ${name} is signed out with its next request. Other sessions stay.`}
      actions={ACTIONS}
      fields={{ id, version: String(newest) }}
      confirm={{ label: "Revoke session", pending: "Revoking…", icon: <LogOut size={14} aria-hidden />, danger: true }}
      onRebase={(current) => setNewest(Number(current["version"]))}
      onSaved={(saved) => {
        announce(`Session on ${label} revoked`, saved, "It ends with its next request.");
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </CommandDialog>
  );
}
