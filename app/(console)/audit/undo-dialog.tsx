"use client";

import { Undo2 } from "lucide-react";
import { FieldDiff } from "@/components/form/field-diff";
import { previewUndo, undoChange } from "../commands/actions";
import { CommandDialog } from "../commands/command-dialog";
import { announce } from "../commands/undo-toast";
import { FIELD_LABELS } from "../users/user-words";
import type { UndoProps } from "./undo-button";

const ACTIONS = { run: undoChange, dryRun: previewUndo };

/** A dry run of the way back; one that no longer fits shows the difference in place of the preview. */
export default function UndoDialog({ record, what, onClose }: UndoProps & { onClose: () => void }) {
  return (
    <CommandDialog
      title="Undo this change"
      description={`The change: ${what}. Undoing is a change of its own and stands in the audit log.`}
      actions={ACTIONS}
      fields={{ record }}
      confirm={{ label: "Undo change", pending: "Undoing…", icon: <Undo2 size={14} aria-hidden /> }}
      focusCancel
      diff={({ diffs: [diff] }) =>
        diff ? (
          <FieldDiff caption="Fields that change" before={diff.before} after={diff.after} labels={FIELD_LABELS} />
        ) : null
      }
      onSaved={(saved) => {
        announce(`Undone: ${what}`, saved);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
