"use client";

import { Layers } from "lucide-react";
import { useState } from "react";
import { FieldDiff } from "@/components/form/field-diff";
import { FormField } from "@/components/form/form-field";
import type { Plan } from "@/lib/plans/schema";
import { CommandDialog } from "../commands/command-dialog";
import { announce } from "../commands/undo-toast";
import { SPECS, type PlanForm, type Values } from "./plan-specs";

type PlanDialogProps = { form: PlanForm; plan: Plan | null; onClose: () => void };

const LABELS: Record<string, string> = {
  code: "Code",
  name: "Name",
  description: "Description",
  features: "Features",
  position: "Position",
  status: "Status",
};

/** The words of a plan, or a price of it, beside what saving them touches. */
export default function PlanDialog({ form, plan, onClose }: PlanDialogProps) {
  const spec = SPECS[form];
  const [version, setVersion] = useState(plan?.version ?? 0);
  const [first] = useState(() => spec.first(plan));
  const [values, setValues] = useState(first);
  const own = spec.fields(values, first);
  const target: Values = plan ? { id: plan.id, version: String(version) } : {};
  return (
    <CommandDialog
      title={spec.title(plan)}
      description={
        form === "price"
          ? "A price sold for the same currency and period is superseded: who pays it goes on paying it."
          : undefined
      }
      actions={spec.actions}
      fields={own ? { ...target, ...own } : null}
      confirm={{ label: spec.confirm, pending: "Saving…", icon: <Layers size={14} aria-hidden /> }}
      labels={LABELS}
      inputs={spec.inputs.map((input, index) => (
        <FormField
          key={input.name}
          input={input}
          value={values[input.name] ?? ""}
          autoFocus={index === 0}
          onChange={(value) => setValues({ ...values, [input.name]: value })}
        />
      ))}
      diff={({ diffs: [diff] }) =>
        diff && form === "edit" ? (
          <FieldDiff caption="Fields that change" before={diff.before} after={diff.after} labels={LABELS} />
        ) : null
      }
      onRebase={(current) => setVersion(Number(current["version"]))}
      onSaved={(saved) => {
        announce(form === "price" ? "Price added" : "Plan saved", saved, "The audit log has it.");
        onClose();
      }}
      onClose={onClose}
    />
  );
}
