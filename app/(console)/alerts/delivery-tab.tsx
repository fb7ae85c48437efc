import { Plus } from "lucide-react";
import { Suspense } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Note } from "@/components/ui/note";
import { listChannels } from "@/lib/alerts/delivery/queries";
import { attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import type { Params } from "../list-params";
import { PanelSkeleton } from "../users/[id]/panel-skeleton";
import type { May } from "../viewer";
import { ChannelButton } from "./channel-button";
import { ChannelRows } from "./channel-rows";
import { Deliveries } from "./deliveries";

/** Who is told, and how every message fared. */
export async function DeliveryTab({ may, params }: { may: May; params: Params }) {
  const found = await attempt(listChannels, {});
  if (!found.ok) return <FailureState failure={found.failure} what="channels" href="/alerts?tab=delivery" />;
  const { data, mail } = found.value;
  const edits = may("alerts.edit");
  return (
    <div className="grid gap-4">
      {mail ? null : (
        <Note tone="off" title="Mail is off">
          This installation names no mail server. Set <code>QUADRANT_SMTP_URL</code> and <code>QUADRANT_MAIL_FROM</code>{" "}
          to tell people by e-mail; webhooks work without.
        </Note>
      )}
      <Card>
        <CardHeader title="Channels" hint="every rule tells all of them unless it names some">
          {edits ? (
            <ChannelButton mode="create" channel={null} mail={mail} variant="primary">
              <Plus size={14} aria-hidden />
              New channel
            </ChannelButton>
          ) : null}
        </CardHeader>
        {data.length === 0 ? (
          <CardBody>
            <p className="text-text-2">Nobody is told yet: alerts are shown here and on Home only.</p>
          </CardBody>
        ) : (
          <ChannelRows channels={data} mail={mail} edits={edits} />
        )}
      </Card>
      <Suspense fallback={<PanelSkeleton title="Messages" />}>
        <Deliveries params={params} edits={edits} />
      </Suspense>
    </div>
  );
}
