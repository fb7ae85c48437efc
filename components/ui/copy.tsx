"use client";

import { Check, Copy as CopyIcon } from "lucide-react";
import { useState } from "react";

/** Copies `text`; `label` names what is copied, as in "Copy the id". */
export function Copy({ text, label, children }: { text: string; label: string; children?: string }) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }

  const Icon = copied ? Check : CopyIcon;
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={children ? undefined : label}
      title={label}
      className="inline-flex min-h-6 min-w-6 items-center justify-center gap-1.5 rounded-sm text-text-3 hover:text-text touch:min-h-11 touch:min-w-11"
    >
      <Icon size={12} aria-hidden />
      {children}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
