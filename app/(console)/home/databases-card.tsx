import Link from "next/link";
import { Card, CardHeader } from "@/components/ui/card";
import { getHealth } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../users/[id]/panel-failure";
import { LiveEngines } from "./live-engines";

export async function DatabasesCard() {
  const health = await attempt(getHealth, {});
  return (
    <Card>
      <CardHeader title="Databases">
        <Link href="/health" className="link">
          Health
        </Link>
      </CardHeader>
      {health.ok ? (
        <LiveEngines initial={health.value.engines} />
      ) : (
        <PanelFailure failure={health.failure} what="health" />
      )}
    </Card>
  );
}
