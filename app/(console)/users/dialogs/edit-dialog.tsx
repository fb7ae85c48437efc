"use client";

import { ArrowRight, Pencil } from "lucide-react";
import { useState, type FormEvent } from "react";
import { FieldDiff } from "@/components/form/field-diff";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { CommandDialog } from "../../commands/command-dialog";
import { announce } from "../../commands/undo-toast";
import { edit, previewEdit } from "../actions";
import { FIELD_LABELS } from "../user-words";
import { EditFields } from "./edit-fields";
import { changed, editsOf, rebased } from "./edits";
import type { UserDialogProps } from "./user-dialog";

const ACTIONS = { run: edit, dryRun: previewEdit };

/** First the fields, then what saving them touches. */
export function EditDialog({ user, onClose }: UserDialogProps) {
  const [base, setBase] = useState({ version: user.version, edits: editsOf(user) });
  const [mine, setMine] = useState(base.edits);
  const [step, setStep] = useState<"fields" | "preview">("fields");
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const changes = changed(base.edits, mine);
  const title = `Edit ${user.display_name}`;

  function rebase(current: Record<string, unknown>) {
    const newest = editsOf(current);
    setMine(rebased(base.edits, mine, newest));
    setBase({ version: Number(current["version"]), edits: newest });
    setStep("fields");
  }

  function next(event: FormEvent) {
    event.preventDefault();
    setErrors({});
    setStep("preview");
  }

  if (step === "fields") {
    return (
      <Dialog title={title} description="Nothing is saved before you have seen what it touches." onClose={onClose}>
        <form onSubmit={next} className="flex min-h-0 flex-1 flex-col">
          <DialogBody>
            <EditFields values={mine} errors={errors} onChange={setMine} />
          </DialogBody>
          <DialogFooter note={Object.keys(changes).length === 0 ? "Nothing changed yet." : null}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={Object.keys(changes).length === 0}>
              Preview changes
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
      description={user.email}
      actions={ACTIONS}
      fields={{ id: user.id, version: String(base.version), ...changes }}
      confirm={{ label: "Save changes", pending: "Saving…", icon: <Pencil size={14} aria-hidden /> }}
      focusCancel
      mine={changes}
      diff={({ diffs: [diff] }) =>
        diff ? (
          <FieldDiff caption="Fields that change" before={diff.before} after={diff.after} labels={FIELD_LABELS} />
        ) : null
      }
      onRebase={rebase}
      onBack={(failure) => {
        setErrors(failure?.fields ?? {});
        setStep("fields");
      }}
      onSaved={(saved) => {
        announce(`${mine.display_name.trim()} saved`, saved);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
