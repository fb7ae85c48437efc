import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EventLine } from "../../audit/event-line";
import { shortId } from "../../audit/words";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { eventsOf } from "./detail-of";

/** Who did what to it, newest first, each with its way back where there is one. */
export async function TimelineCard({ id }: { id: string }) {
  const found = await eventsOf(id);
  return (
    <Card>
      <CardHeader title="Timeline">
        {found.ok ? (
          <Link href={`/audit?target=${id}`} prefetch={false} className="link">
            Open in audit log
          </Link>
        ) : null}
      </CardHeader>
      {!found.ok ? (
        <PanelFailure failure={found.failure} what="the audit log" />
      ) : found.value.data.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing was done to it since the audit began.</p>
        </CardBody>
      ) : (
        <ol className="px-3.5 py-3">
          {found.value.data.map((event) => (
            <EventLine key={event.id} event={event} about={shortId(id)} />
          ))}
        </ol>
      )}
    </Card>
  );
}
