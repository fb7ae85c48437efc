"use client";

import { useState } from "react";
import { FormField } from "@/components/form/form-field";
import { CommandDialog } from "../../../commands/command-dialog";
import { ReasonField } from "../../../commands/reason-field";
import { announce } from "../../../commands/undo-toast";
import type { About, Target } from "../target";
import { FIELD_WORDS } from "../words";
import { LIFE_SPECS } from "./life-specs";
import { MONEY_SPECS } from "./money-specs";
import type { Spec } from "./spec";

const SPECS = { ...LIFE_SPECS, ...MONEY_SPECS };

export type SubscriptionCommand = keyof typeof SPECS;

export type SubscriptionDialogProps = { command: SubscriptionCommand; target: Target; about: About | null };

/** Fields, a dry run of them as they are typed, reason, act: the same for every command on a subscription. */
export default function SubscriptionDialog({
  command,
  target,
  about,
  onClose,
}: SubscriptionDialogProps & { onClose: () => void }) {
  const spec: Spec = SPECS[command];
  const [version, setVersion] = useState(target.version);
  const [values, setValues] = useState(() => spec.initial?.(target, about) ?? {});
  const [reason, setReason] = useState("");
  const inputs = spec.inputs?.(target, values) ?? [];
  const given = spec.fields ? spec.fields(target, values, about) : {};
  const { actions, confirm } = spec;
  return (
    <CommandDialog
      title={spec.title(target)}
      description={spec.description}
      actions={typeof actions === "function" ? actions(values) : actions}
      fields={given && { id: target.id, version: String(version), ...given }}
      confirm={{
        label: (preview) => (typeof confirm === "string" ? confirm : confirm(preview, values)),
        pending: spec.pending,
        icon: spec.icon,
        danger: spec.danger ?? false,
      }}
      labels={FIELD_WORDS}
      ready={spec.reason === "optional" || reason.trim() !== ""}
      inputs={
        inputs.length > 0
          ? inputs.map((input, index) => (
              <FormField
                key={input.name}
                input={input}
                value={values[input.name] ?? ""}
                autoFocus={index === 0 && input.type !== "radio"}
                onChange={(value) => setValues({ ...values, [input.name]: value })}
              />
            ))
          : null
      }
      onRebase={(current) => setVersion(Number(current["version"]))}
      onSaved={(saved) => {
        announce(spec.saved, saved, spec.then ?? "The ledger and the audit log have it.");
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField
        value={reason}
        onChange={setReason}
        required={spec.reason === "required"}
        autoFocus={inputs.length === 0}
      />
    </CommandDialog>
  );
}
