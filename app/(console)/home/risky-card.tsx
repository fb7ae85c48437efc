import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { listAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import { EventLine } from "../audit/event-line";
import { PanelFailure } from "../users/[id]/panel-failure";

const SHOWN = 6;
const ACTION = "user.suspend";

/** The actions that cost people most, newest first, each with its way back. */
export async function RiskyCard() {
  const found = await attempt(listAudit, { action: ACTION, limit: SHOWN });
  return (
    <Card>
      <CardHeader title="Last suspensions">
        <Link href={`/audit?action=${ACTION}`} prefetch={false} className="link">
          All in the audit log
        </Link>
      </CardHeader>
      {!found.ok ? <PanelFailure failure={found.failure} what="the audit log" /> : null}
      {found.ok && found.value.data.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nobody was suspended yet.</p>
        </CardBody>
      ) : null}
      {found.ok && found.value.data.length > 0 ? (
        <ol className="px-3.5 py-3">
          {found.value.data.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      ) : null}
    </Card>
  );
}
