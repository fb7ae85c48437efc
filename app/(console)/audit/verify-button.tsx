"use client";

import { LoaderCircle, ShieldCheck } from "lucide-react";
import { useTransition } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { formatNumber } from "@/components/ui/number";
import { toast } from "@/components/ui/toast";
import { verifyNow } from "./actions";

/** Reads every chain from its first event and says what it found. */
export function VerifyButton() {
  const [pending, startTransition] = useTransition();

  function verify() {
    startTransition(async () => {
      const found = await verifyNow().catch(() => null);
      if (!found?.ok) {
        toast({ tone: "bad", title: "Not verified", text: found?.failure.message ?? "The console did not answer." });
      } else if (found.value.ok) {
        toast({
          title: `Chain verified to #${formatNumber(found.value.upto_n)}`,
          text: `${formatNumber(found.value.events)} events read.`,
        });
      } else {
        toast({ tone: "bad", title: "The chain is broken", text: found.value.problem ?? "See the badge." });
      }
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
