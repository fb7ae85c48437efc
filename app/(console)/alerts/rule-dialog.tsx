"use client";

import { ArrowRight, SlidersHorizontal } from "lucide-react";
import { useState, type FormEvent } from "react";
import { FieldDiff } from "@/components/form/field-diff";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { CommandDialog } from "../commands/command-dialog";
import { announce } from "../commands/undo-toast";
import { createRuleDry, createRuleRun, editRuleDry, editRuleRun } from "./actions";
import type { RuleEditorProps } from "./rule-button";
import { RuleFields } from "./rule-fields";
import { fieldsOf, valuesOf } from "./rule-values";
import { RULE_LABELS } from "./words";

const CREATE = { run: createRuleRun, dryRun: createRuleDry };
const EDIT = { run: editRuleRun, dryRun: editRuleDry };

type RuleDialogProps = RuleEditorProps & { onClose: () => void };

/** First the fields, with when the rule would have fired; then what saving it changes. */
export default function RuleDialog({ rule, signals, channels, onClose }: RuleDialogProps) {
  const [newId] = useState(() => crypto.randomUUID());
  const [base, setBase] = useState({ version: rule?.version ?? 0, values: valuesOf(rule) });
  const [mine, setMine] = useState(base.values);
  const [step, setStep] = useState<"fields" | "preview">("fields");
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const changes = fieldsOf(rule ? base.values : null, mine);
  const title = rule ? `Edit rule: ${rule.name}` : "New rule";
  const isSame = Object.keys(changes).length === 0;

  function next(event: FormEvent) {
    event.preventDefault();
    setErrors({});
    setStep("preview");
  }

  if (step === "fields") {
    return (
      <Dialog
        title={title}
        description={rule ? `version ${base.version}` : "Nothing is saved before you have seen what it changes."}
        onClose={onClose}
      >
        <form onSubmit={next} className="flex min-h-0 flex-1 flex-col">
          <DialogBody>
            <RuleFields
              values={mine}
              errors={errors}
              signals={signals}
              channels={channels}
              isBuiltin={rule?.builtin != null}
              onChange={setMine}
            />
          </DialogBody>
          <DialogFooter note={isSame ? "Nothing changed yet." : null}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={isSame}>
              Preview rule
              <ArrowRight size={14} aria-hidden />
            </Button>
          </DialogFooter>
        </form>
      </Dialog>
    );
  }
  return (
    <CommandDialog
      title={title}
      actions={rule ? EDIT : CREATE}
      fields={{ ...(rule ? { id: rule.id, version: String(base.version) } : { id: newId }), ...changes }}
      confirm={{ label: "Save rule", pending: "Saving…", icon: <SlidersHorizontal size={14} aria-hidden /> }}
      focusCancel
      mine={changes}
      diff={({ diffs: [diff] }) =>
        diff ? <FieldDiff caption="What changes" before={diff.before} after={diff.after} labels={RULE_LABELS} /> : null
      }
      onRebase={(current) => {
        setBase({ version: Number(current["version"]), values: valuesOf(current) });
        setStep("fields");
      }}
      onBack={(failure) => {
        setErrors(failure?.fields ?? {});
        setStep("fields");
      }}
      onSaved={(saved) => {
        announce(`Rule ${mine.name.trim()} saved`, saved, "It holds from the next pass on, within 10 s.");
        onClose();
      }}
      onClose={onClose}
    />
  );
}
