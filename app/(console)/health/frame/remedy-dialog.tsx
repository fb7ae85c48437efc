"use client";

import { Wrench } from "lucide-react";
import { useState } from "react";
import { FieldDiff } from "@/components/form/field-diff";
import { CommandDialog } from "../../commands/command-dialog";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import type { RemedyProps } from "./remedy-button";
import { RemedyFields } from "./remedy-fields";

type RemedyDialogProps = RemedyProps & { onClose: () => void };

/** Target, preview, reason, act; with `extra` the inputs come first. */
export default function RemedyDialog(props: RemedyDialogProps) {
  const { run, dryRun, fields, title, description, confirm, danger = false, extra = [], onClose } = props;
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState(() => Object.fromEntries(extra.map(({ name, value = "" }) => [name, value])));
  const [step, setStep] = useState<"fields" | "preview">(extra.length > 0 ? "fields" : "preview");
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const asks = props.reason !== "none";
  const isRequired = asks && props.reason !== "optional";
  const [actions] = useState(() => ({ run, dryRun }));

  if (step === "fields") {
    return (
      <RemedyFields
        title={title}
        description={description}
        inputs={extra}
        values={typed}
        errors={errors}
        onChange={setTyped}
        onNext={() => setStep("preview")}
        onClose={onClose}
      />
    );
  }
  return (
    <CommandDialog
      act={!props.command}
      title={title}
      description={description}
      actions={actions}
      fields={{ ...fields, ...typed }}
      confirm={{ label: confirm, pending: "Working…", icon: <Wrench size={14} aria-hidden />, danger }}
      ready={!isRequired || reason.trim() !== ""}
      focusCancel={!asks}
      diff={({ diffs: [diff] }) =>
        diff && Object.keys(diff.after).length > 0 ? (
          <FieldDiff caption="What is expected of it" before={diff.before} after={diff.after} />
        ) : null
      }
      onBack={
        extra.length > 0
          ? (failure) => {
              setErrors(failure?.fields ?? {});
              setStep("fields");
            }
          : undefined
      }
      onSaved={(saved) => {
        announce(confirm, saved, saved.note ?? "Done. The audit log has it.");
        onClose();
      }}
      onClose={onClose}
    >
      {asks ? <ReasonField value={reason} onChange={setReason} required={isRequired} autoFocus /> : null}
    </CommandDialog>
  );
}
