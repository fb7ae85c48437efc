"use client";

import { Ban } from "lucide-react";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatUtc } from "@/components/ui/time-format";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { previewSuspend, suspend } from "../actions";
import type { UserDialogProps } from "./user-dialog";

const ACTIONS = { run: suspend, dryRun: previewSuspend };

export function SuspendDialog({ user, onClose }: UserDialogProps) {
  const [version, setVersion] = useState(user.version);
  const [reason, setReason] = useState("");
  const [local, setLocal] = useState("");
  const until = local ? new Date(local).toISOString() : "";
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
      <Field label="Ends" note="optional; without it the suspension stays until someone ends it" hint={endHint(until)}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={local}
            onChange={(event) => setLocal(event.target.value)}
            className="max-w-[240px]"
          />
        )}
      </Field>
    </CommandDialog>
  );
}

function endHint(until: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return until ? `Your time zone is ${zone}. In UTC: ${formatUtc(until).slice(0, 16)}` : `Your time zone is ${zone}.`;
}
