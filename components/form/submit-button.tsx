"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "../ui/button";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type"> & {
  /** While the form is under way, as in "Suspending". */
  pendingText?: string;
  icon?: ReactNode;
};

/** Sends its form once: while the answer is awaited it is off and says so. */
export function SubmitButton({ pendingText, icon, disabled, children, ...props }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" disabled={pending || disabled} aria-busy={pending} {...props}>
      {pending ? <LoaderCircle size={14} aria-hidden className="animate-spin" /> : icon}
      {pending && pendingText ? pendingText : children}
    </Button>
  );
}
