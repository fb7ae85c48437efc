import { Link2, Link2Off, Unlink } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList, Item } from "@/components/ui/description-list";
import { formatNumber } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import { auditStatus } from "@/lib/audit/queries";
import type { AuditStatus } from "@/lib/audit/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../users/[id]/panel-failure";

/** Whether the audit log can be trusted. */
export async function AuditCard() {
  const found = await attempt(auditStatus, {});
  return (
    <Card>
      <CardHeader title="Audit chain">
        <Link href="/audit" prefetch={false} className="link">
          Audit log
        </Link>
      </CardHeader>
      {found.ok ? <Body status={found.value} /> : <PanelFailure failure={found.failure} what="the audit log" />}
    </Card>
  );
}

function Body({ status: { state, verified, checkpoint, events, newer } }: { status: AuditStatus }) {
  return (
    <CardBody>
      <DescriptionList>
        <Item label="State">
          {state === "verified" ? (
            <Badge tone="ok" icon={Link2} quiet>
              Verified to #{formatNumber(verified?.n)}
            </Badge>
          ) : state === "broken" ? (
            <Badge tone="bad" icon={Unlink}>
              Broken
            </Badge>
          ) : (
            <Badge tone="warn" icon={Link2Off}>
              {verified ? "Not verified for 2 h" : "Not verified yet"}
            </Badge>
          )}
        </Item>
        <Item label="Last check">
          <Time value={verified?.at} focusable />
        </Item>
        <Item label="Checkpoint">
          {checkpoint ? (
            <>
              #{formatNumber(checkpoint.n)}, <Time value={checkpoint.at} focusable />
            </>
          ) : (
            "none yet"
          )}
        </Item>
        <Item label="Events">
          {formatNumber(events)}, {formatNumber(newer)} newer than the check
        </Item>
      </DescriptionList>
    </CardBody>
  );
}
