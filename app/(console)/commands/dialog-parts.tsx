import { LoaderCircle } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatUtc } from "@/components/ui/time-format";
import type { Preview } from "@/lib/core/operation";
import { RequestLabel } from "./approval-parts";

export type Confirm = {
  /** A label that names an amount takes it from the preview. */
  label: string | ((preview: Preview | null) => string);
  pending: string;
  icon: ReactNode;
  danger?: boolean;
};

type ConfirmButtonProps = {
  confirm: Confirm;
  preview: Preview | null;
  pending: boolean;
  /** It asks another person instead. */
  asks: boolean;
  disabled: boolean;
};

export function ConfirmButton({ confirm, preview, pending, asks, disabled }: ConfirmButtonProps) {
  const { label, icon, pending: working, danger } = confirm;
  return (
    <Button type="submit" variant={danger && !asks ? "danger-fill" : "primary"} disabled={disabled || pending}>
      {pending ? <LoaderCircle size={14} aria-hidden className="animate-spin" /> : null}
      {asks ? (
        <RequestLabel pending={pending} />
      ) : (
        <>
          {pending ? null : icon}
          {pending ? working : typeof label === "string" ? label : label(preview)}
        </>
      )}
    </Button>
  );
}

export function ValidUntil({ preview }: { preview: Preview }) {
  return <span className="max-md:hidden">Preview valid until {formatUtc(preview.expires_at).slice(11)} UTC</span>;
}

/** Enter in a field never confirms; with ⌘ or Ctrl it does, when the button would. */
export function onlyWithModifier(event: KeyboardEvent<HTMLFormElement>) {
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
