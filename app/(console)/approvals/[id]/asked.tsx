import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { ApprovalDetail } from "@/lib/approvals/schema";

/** Who asked and why; then who decided and why. */
export function Asked({ request, seesAudit }: { request: ApprovalDetail; seesAudit: boolean }) {
  const { requested_by: by, requested_by_name: name, requested_at: at, reason } = request;
  return (
    <>
      <div className="flex gap-2.5 rounded-lg border bg-sunken px-3.5 py-3">
        <Avatar id={by} name={name ?? "?"} />
        <div className="min-w-0">
          <p className="text-text-2">
            <b className="font-medium text-text">{name ?? "Somebody"}</b> asked at{" "}
            <Time value={at} mode="utc" focusable /> UTC
          </p>
          <p className="[overflow-wrap:anywhere]">“{reason}”</p>
        </div>
      </div>
      <Decided request={request} seesAudit={seesAudit} />
    </>
  );
}

function Decided({ request, seesAudit }: { request: ApprovalDetail; seesAudit: boolean }) {
  const { status, decided_by_name: name, decided_at: at, decision_reason: reason, target_id: target } = request;
  if (status === "waiting") return null;
  if (status === "expired") {
    return (
      <Note tone="warn" title="Nobody decided within 24 hours">
        Nothing was done. Whoever still wants it asks again.
      </Note>
    );
  }
  const words = { approved: "approved and carried it out", declined: "declined it", withdrawn: "took it back" }[status];
  return (
    <Note
      tone={status === "approved" ? "ok" : "off"}
      icon={status === "approved" ? CircleCheck : CircleX}
      title={`${name ?? "Somebody"} ${words}`}
    >
      <Time value={at} mode="utc" focusable /> UTC.{reason ? ` “${reason}”` : ""}{" "}
      {status === "approved" && seesAudit && target ? (
        <Link href={`/audit?target=${encodeURIComponent(target)}`} prefetch={false} className="link">
          See it in the audit log
        </Link>
      ) : null}
    </Note>
  );
}
