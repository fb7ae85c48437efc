import Link from "next/link";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatMs, formatNumber } from "@/components/ui/number";
import { Tile } from "@/components/ui/tile";
import { listAudit } from "@/lib/audit/queries";
import { attempt } from "@/lib/next/load";
import type { User } from "@/lib/users/schema";
import { EventLine } from "../../audit/event-line";
import { PanelFailure } from "./panel-failure";

const SHOWN = 12;

/** This person's own trail in the audit log, newest first. */
export async function ActivityCard({ user }: { user: User }) {
  const found = await attempt(listAudit, { subject: user.id, limit: SHOWN });
  return (
    <Card>
      <CardHeader title="Activity" hint="everything done to this account" />
      {found.ok ? (
        <>
          {found.value.data.length === 0 ? (
            <CardBody>
              <p className="text-text-2">Nothing was done to this account since the audit began.</p>
            </CardBody>
          ) : (
            <ol className="px-3.5 py-3">
              {found.value.data.map((event) => (
                <EventLine key={event.id} event={event} about={user.display_name} />
              ))}
            </ol>
          )}
          <CardFooter className="text-text-3">
            <Tile code="Pg" size={18} muted />
            {formatNumber(found.value.page.estimated_total)} events, PostgreSQL, {formatMs(found.value.ms)}
            <Link href={`/audit?subject=${user.id}`} prefetch={false} className="link ml-auto">
              Show all
            </Link>
          </CardFooter>
        </>
      ) : (
        <PanelFailure failure={found.failure} what="the audit log" />
      )}
    </Card>
  );
}
