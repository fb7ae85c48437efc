"use client";

import { CircleCheck, LoaderCircle, OctagonX, Scale } from "lucide-react";
import { useState, useTransition, type ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { formatNumber } from "@/components/ui/number";
import type { Check } from "@/lib/revenue/schema";
import { checkRevenueNow } from "./actions";

const SILENT = "The console did not answer.";

type Found = Awaited<ReturnType<typeof checkRevenueNow>> | "silent";

/** Compares what is kept for speed with the ledger, and names every figure that differs. */
export function RevenueCheck({ children }: { children?: ReactNode }) {
  const [found, setFound] = useState<Found | null>(null);
  const [pending, startTransition] = useTransition();
  const check = () => startTransition(async () => setFound(await checkRevenueNow().catch(() => "silent" as const)));
  return (
    <div className="border-t px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          disabled={pending}
          aria-busy={pending}
          onClick={check}
          className={buttonStyle({ size: "sm" })}
        >
          {pending ? <LoaderCircle size={14} aria-hidden className="animate-spin" /> : <Scale size={14} aria-hidden />}
          {pending ? "Checking…" : "Check against the ledger"}
        </button>
        {children}
      </div>
      <div role="status">
        {found === null ? null : found === "silent" ? (
          <Verdict bad>{SILENT}</Verdict>
        ) : found.ok ? (
          <Answer check={found.value} />
        ) : (
          <Verdict bad>Not checked: {found.failure.message}</Verdict>
        )}
      </div>
    </div>
  );
}

function Answer({ check: { differences, checked } }: { check: Check }) {
  if (differences.length === 0) {
    return (
      <Verdict>{formatNumber(checked)} figures compared with the ledger and the movements: all are equal.</Verdict>
    );
  }
  return (
    <>
      <Verdict bad>
        {formatNumber(differences.length)} of {formatNumber(checked)} figures differ. A rebuild mends months; a balance
        that differs has to be looked into.
      </Verdict>
      <ul className="mt-1 max-h-52 space-y-0.5 overflow-y-auto text-sm" tabIndex={0} aria-label="Differences">
        {differences.map(({ what, rolled_up: kept, source }) => (
          <li key={what}>
            <b className="font-medium">{what}</b>: kept {kept}, ledger {source}
          </li>
        ))}
      </ul>
    </>
  );
}

function Verdict({ bad = false, children }: { bad?: boolean; children: ReactNode }) {
  const Icon = bad ? OctagonX : CircleCheck;
  return (
    <p className="status mt-2 flex items-start gap-1.5 text-sm">
      <Icon size={14} aria-hidden className={`mt-0.5 flex-none ${bad ? "text-bad" : "text-ok"}`} />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
