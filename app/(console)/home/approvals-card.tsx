import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { listApprovals } from "@/lib/approvals/queries";
import { attempt } from "@/lib/next/load";
import { titleOf } from "../approvals/words";
import { PanelFailure } from "../users/[id]/panel-failure";

const SHOWN = 4;

/** What others may not do before the reader has agreed, newest first. */
export async function ApprovalsCard() {
  const found = await attempt(listApprovals, { view: "for-me", limit: SHOWN });
  return (
    <Card>
      <CardHeader title="Approvals waiting for you">
        <Link href="/approvals" prefetch={false} className="link">
          All
        </Link>
      </CardHeader>
      {!found.ok ? <PanelFailure failure={found.failure} what="approvals" /> : null}
      {found.ok && found.value.data.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing waits for you.</p>
        </CardBody>
      ) : null}
      {found.ok && found.value.data.length > 0 ? (
        <ul className="divide-y divide-line">
          {found.value.data.map((request) => (
            <li key={request.id} className="flex items-start gap-2.5 px-3.5 py-2.5">
              <Avatar id={request.requested_by} name={request.requested_by_name ?? "?"} />
              <div className="min-w-0 flex-1">
                <Link href={`/approvals/${request.id}`} prefetch={false} className="link font-medium">
                  {titleOf(request)}
                </Link>
                <p className="truncate text-sm text-text-2">
                  {request.requested_by_name ?? "Somebody"}: {request.reason}
                </p>
              </div>
              <Time value={request.requested_at} className="text-sm text-text-3" />
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
