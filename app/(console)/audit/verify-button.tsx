"use client";

import { LoaderCircle, ShieldCheck } from "lucide-react";
import { useTransition } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { formatNumber } from "@/components/ui/number";
import { toast, type ToastInput } from "@/components/ui/toast";
import type { AuditVerification } from "@/lib/audit/schema";
import { verifyNow } from "./actions";

const SILENT = "The console did not answer.";

/** Checks what came after the newest signed checkpoint, and says what it found. */
export function VerifyButton() {
  const [pending, startTransition] = useTransition();

  function verify() {
    startTransition(async () => {
      const found = await verifyNow().catch(() => null);
      toast(
        found?.ok
          ? verdict(found.value)
          : { tone: "bad", title: "Not verified", text: found?.failure.message ?? SILENT },
      );
    });
  }

  return (
    <button type="button" disabled={pending} aria-busy={pending} onClick={verify} className={buttonStyle()}>
      {pending ? (
        <LoaderCircle size={14} aria-hidden className="animate-spin" />
      ) : (
        <ShieldCheck size={14} aria-hidden />
      )}
      {pending ? "Verifying…" : "Verify now"}
    </button>
  );
}

function verdict({ ok, complete, n, events, problem }: AuditVerification): ToastInput {
  if (!ok) {
    return { tone: "bad", title: "The chain is broken", text: problem ?? "Events no longer fit together." };
  }
  const title = `Chain verified to #${formatNumber(n)}`;
  return complete
    ? { title, text: `${formatNumber(events)} events read, nothing is missing or changed.` }
    : { tone: "warn", title, text: "There was no time for the rest. npm run audit:verify reads everything." };
}
