"use client";

import { LoaderCircle } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { TouchPreview } from "@/components/form/touch-preview";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { formatUtc } from "@/components/ui/time-format";
import type { Preview, Saved } from "@/lib/core/operation";
import type { Failure } from "@/lib/next/failure";
import { ApprovalNote, RequestedDialog, RequestLabel } from "./approval-parts";
import { FailureNote } from "./failure-note";
import { PreviewWaiting } from "./preview-waiting";
import { useCommand, type CommandActions, type CommandFields } from "./use-command";

type CommandDialogProps = {
  title: string;
  description?: ReactNode;
  actions: CommandActions;
  /** Sent with the dry run and the run; when they change, the dry run is made again. */
  fields: CommandFields;
  /** A label that names an amount takes it from the preview. */
  confirm: {
    label: string | ((preview: Preview | null) => string);
    pending: string;
    icon: ReactNode;
    danger?: boolean;
  };
  /** False while something required is missing. */
  ready?: boolean;
  /** The first focus goes to Cancel when no field of `children` takes it. */
  focusCancel?: boolean;
  diff?: (preview: Preview) => ReactNode;
  /** An act on an engine, which is not tried out beforehand. */
  act?: boolean;
  /** Whoever confirms is the second person. */
  decides?: boolean;
  mine?: Record<string, unknown>;
  onRebase?: (current: Record<string, unknown>) => void;
  /** Beside Cancel: back to the fields, with what was said of them. */
  onBack?: (failure: Failure | null) => void;
  onSaved: (saved: Saved) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Says what a command touches, from a dry run, before it is confirmed. */
export function CommandDialog(props: CommandDialogProps) {
  const { title, description, confirm, ready = true, diff, act, mine, onRebase, onBack, onClose, children } = props;
  const { preview, failure, pending, submit, asks, requested } = useCommand(props.actions, props.fields, {
    decides: props.decides ?? false,
    onSaved: props.onSaved,
  });
  if (requested !== null) return <RequestedDialog id={requested} title={title} onClose={onClose} />;
  const blocked = !preview || !ready || preview.will === 0;
  return (
    <Dialog
      title={title}
      description={description}
      aside={preview ? <ValidUntil preview={preview} /> : null}
      onClose={onClose}
    >
      <form onSubmit={submit} onKeyDown={onlyWithModifier} className="flex min-h-0 flex-1 flex-col" aria-busy={pending}>
        <DialogBody>
          {preview ? <TouchPreview preview={preview} diff={diff?.(preview)} act={act} /> : null}
          {!preview && !failure ? <PreviewWaiting act={act} /> : null}
          <div className="space-y-2.5 px-[22px] pb-3.5 max-md:px-4 first:pt-3.5">
            {asks && preview ? <ApprovalNote rule={preview.approval} /> : null}
            {failure ? <FailureNote failure={failure} mine={mine} onRebase={onRebase} /> : null}
            {children}
          </div>
        </DialogBody>
        <DialogFooter note={onBack ? <Button onClick={() => onBack(failure)}>Back to the fields</Button> : null}>
          <Button onClick={onClose} autoFocus={props.focusCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant={confirm.danger && !asks ? "danger-fill" : "primary"}
            disabled={blocked || pending}
          >
            {pending ? <LoaderCircle size={14} aria-hidden className="animate-spin" /> : null}
            {asks ? <RequestLabel pending={pending} /> : <ConfirmLabel {...{ confirm, preview, pending }} />}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

type ConfirmLabelProps = Pick<CommandDialogProps, "confirm"> & { preview: Preview | null; pending: boolean };

function ConfirmLabel({ confirm: { label, icon, pending: working }, preview, pending }: ConfirmLabelProps) {
  return (
    <>
      {pending ? null : icon}
      {pending ? working : typeof label === "string" ? label : label(preview)}
    </>
  );
}

function ValidUntil({ preview }: { preview: Preview }) {
  return <span className="max-md:hidden">Preview valid until {formatUtc(preview.expires_at).slice(11)} UTC</span>;
}

/** Enter in a field never confirms; with ⌘ or Ctrl it does, when the button would. */
function onlyWithModifier(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) {
    return;
  }
  const confirm = event.currentTarget.querySelector<HTMLButtonElement>("button[type=submit]");
  if (event.metaKey || event.ctrlKey) {
    event.preventDefault();
    confirm?.click();
  } else if (event.target instanceof HTMLInputElement) {
    event.preventDefault();
  }
}
