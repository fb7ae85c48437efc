import type { Metadata } from "next";
import { Page, PageTitle } from "@/components/shell/page";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { getAudit } from "@/lib/audit/queries";
import { load } from "@/lib/next/load";
import { flat, type Params } from "../../list-params";
import { EventDetail } from "../event-detail";
import { AUDIT } from "../list-query";
import { partyName, verb } from "../words";

export const metadata: Metadata = { title: "Audit event" };

type EventPageProps = { params: Promise<{ id: string }>; searchParams: Promise<Params> };

export default async function EventPage({ params, searchParams }: EventPageProps) {
  const { id } = await params;
  const { view } = flat(await searchParams);
  const event = await load(getAudit, { id });
  return (
    <Page crumbs={[{ label: "Audit log", href: AUDIT }, { label: `#${event.number}` }]}>
      <PageTitle title={`${partyName(event.actor, "Nobody signed in")} ${verb(event)} ${partyName(event.target, "")}`}>
        <span className="text-text-3">
          #{event.number}, <Time value={event.at} mode="utc" focusable /> UTC
        </span>
      </PageTitle>
      <Card className="overflow-hidden">
        <EventDetail id={id} view={view} fieldsHref={`${AUDIT}/${id}`} jsonHref={`${AUDIT}/${id}?view=json`} />
      </Card>
    </Page>
  );
}
