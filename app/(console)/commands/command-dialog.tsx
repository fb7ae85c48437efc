"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { TouchPreview } from "@/components/form/touch-preview";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import type { Preview, Saved } from "@/lib/core/operation";
import type { Failure } from "@/lib/next/failure";
import { ApprovalNote, RequestedDialog } from "./approval-parts";
import { type Confirm, ConfirmButton, onlyWithModifier, ValidUntil } from "./dialog-parts";
import { FailureNote } from "./failure-note";
import { PreviewWaiting } from "./preview-waiting";
import { useCommand, type CommandActions, type CommandFields } from "./use-command";

type CommandDialogProps = {
  title: string;
  description?: ReactNode;
  actions: CommandActions;
  /** Sent with the dry run and the run; when they change, the dry run is made again. Null: something is missing. */
  fields: CommandFields | null;
  confirm: Confirm;
  /** What the preview follows from; above it, for it is filled in first. */
  inputs?: ReactNode;
  /** Words for fields in a message. */
  labels?: Record<string, string>;
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
  const { title, description, fields, confirm, ready = true, diff, act, onBack, onClose, inputs, children } = props;
  const { preview, shown, failure, pending, submit, asks, requested } = useCommand(props.actions, fields, {
    decides: props.decides ?? false,
    onSaved: props.onSaved,
  });
  if (requested !== null) return <RequestedDialog id={requested} title={title} onClose={onClose} />;
  return (
    <Dialog
      title={title}
      description={description}
      aside={preview ? <ValidUntil preview={preview} /> : null}
      onClose={onClose}
    >
      <form onSubmit={submit} onKeyDown={onlyWithModifier} className="flex min-h-0 flex-1 flex-col" aria-busy={pending}>
        <DialogBody>
          {inputs ? (
            <div data-inputs="" className="space-y-3.5 border-b px-[22px] py-3.5 max-md:px-4">
              {inputs}
            </div>
          ) : null}
          {shown ? (
            <div className={clsx(preview === null && "opacity-60")} aria-busy={preview === null}>
              <TouchPreview preview={shown} diff={diff?.(shown)} act={act} />
            </div>
          ) : null}
          {!shown && !failure && fields ? <PreviewWaiting act={act} /> : null}
          <div className="space-y-2.5 px-[22px] pb-3.5 max-md:px-4 first:pt-3.5 [[data-inputs]+&]:pt-3.5">
            {asks && preview ? <ApprovalNote rule={preview.approval} /> : null}
            {failure ? (
              <FailureNote failure={failure} labels={props.labels} mine={props.mine} onRebase={props.onRebase} />
            ) : null}
            {children}
          </div>
        </DialogBody>
        <DialogFooter note={onBack ? <Button onClick={() => onBack(failure)}>Back to the fields</Button> : null}>
          <Button onClick={onClose} autoFocus={props.focusCancel}>
            Cancel
          </Button>
          <ConfirmButton {...{ confirm, preview, pending, asks }} disabled={!preview || !ready || preview.will === 0} />
        </DialogFooter>
      </form>
    </Dialog>
  );
}
