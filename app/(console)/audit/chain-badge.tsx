import { Link2, Link2Off, Unlink } from "lucide-react";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { auditStatus } from "@/lib/audit/queries";
import type { AuditStatus } from "@/lib/audit/schema";
import { attempt } from "@/lib/next/load";

const BOX = "status inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2.5 py-0.5";

/** How far the chains are proven whole, and by what. */
export async function ChainBadge() {
  const found = await attempt(auditStatus, {});
  if (!found.ok) {
    return null;
  }
  const { events, newer, checkpoint } = found.value;
  return (
    <>
      <span className="ml-1 text-text-3">{formatNumber(events)} events</span>
      <Badge status={found.value} />
      <span className="text-sm text-text-3">
        {newer > 0 ? `${formatNumber(newer)} newer` : null}
        {newer > 0 && !checkpoint ? ", " : null}
        {checkpoint ? null : "no checkpoint yet"}
      </span>
    </>
  );
}

function Badge({ status }: { status: AuditStatus }) {
  const { state, verified, checkpoint, problem } = status;
  if (state === "broken") {
    return (
      <span role="alert" className={`${BOX} border-bad/28 bg-bad-soft text-bad`}>
        <Unlink size={14} aria-hidden />
        <b className="font-semibold">Chain broken</b>
        <span className="text-text-2">
          {problem}
          {checkpoint ? ` Last good checkpoint #${formatNumber(checkpoint.n)}.` : ""} Keep the database as it is and
          take a copy.
        </span>
      </span>
    );
  }
  const proven = state === "verified" && verified;
  return (
    <span className={`${BOX} ${proven ? "border-ok/28 bg-ok-soft text-ok" : "border-warn/28 bg-warn-soft text-warn"}`}>
      {proven ? <Link2 size={14} aria-hidden /> : <Link2Off size={14} aria-hidden />}
      <b className="font-semibold">
        {proven
          ? `Chain verified to #${formatNumber(verified.n)}`
          : verified
            ? "Not verified for 2 h"
            : "Not verified yet"}
      </b>
      {checkpoint ? (
        <span className="text-text-2">
          checkpoint <Time value={checkpoint.at} focusable />
        </span>
      ) : null}
    </span>
  );
}
