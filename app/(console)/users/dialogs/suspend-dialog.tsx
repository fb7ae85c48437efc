"use client";

import { Ban } from "lucide-react";
import { useState } from "react";
import { FormField, instantOf, type FormInput } from "@/components/form/form-field";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { previewSuspend, suspend } from "../actions";
import type { UserDialogProps } from "./user-dialog";

const ENDS: FormInput = {
  name: "until",
  label: "Ends",
  type: "moment",
  note: "optional; without it the suspension stays until someone ends it",
};

const ACTIONS = { run: suspend, dryRun: previewSuspend };

export function SuspendDialog({ user, onClose }: UserDialogProps) {
  const [version, setVersion] = useState(user.version);
  const [reason, setReason] = useState("");
  const [local, setLocal] = useState("");
  const until = instantOf(local);
  return (
    <CommandDialog
      title={`Suspend ${user.display_name}`}
      description={`${user.email} is signed out at once and cannot sign in until reactivated.`}
      actions={ACTIONS}
      fields={{ id: user.id, version: String(version), ...(until && { until }) }}
      confirm={{
        label: `Suspend ${user.display_name}`,
        pending: "Suspending…",
        icon: <Ban size={14} aria-hidden />,
        danger: true,
      }}
      ready={reason.trim() !== ""}
      onRebase={(current) => setVersion(Number(current["version"]))}
      onSaved={(saved) => {
        announce(`${user.display_name} suspended`, saved);
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} required autoFocus />
      <FormField input={ENDS} value={local} onChange={setLocal} />
    </CommandDialog>
  );
}
