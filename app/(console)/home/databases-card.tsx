import Link from "next/link";
import { Suspense, type ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { Card, CardHeader } from "@/components/ui/card";
import { ENGINE_LABELS, type Engine } from "@/lib/databases/schema";
import { getHealth } from "@/lib/health/queries";
import { attempt } from "@/lib/next/load";
import { answerTimes } from "../health/overview/answer-times";
import { PanelFailure } from "../users/[id]/panel-failure";
import { LiveEngines } from "./live-engines";

const TRENDS: Record<Engine, ReactNode> = {
  postgres: <LateTrend engine="postgres" />,
  mongodb: <LateTrend engine="mongodb" />,
  redis: <LateTrend engine="redis" />,
  elasticsearch: <LateTrend engine="elasticsearch" />,
};

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
        <LiveEngines initial={health.value.engines} trends={TRENDS} />
      ) : (
        <PanelFailure failure={health.failure} what="health" />
      )}
    </Card>
  );
}

function LateTrend({ engine }: { engine: Engine }) {
  return (
    <Suspense>
      <Trend engine={engine} />
    </Suspense>
  );
}

/** Nothing without history: the answer time beside it is from the last probe. */
async function Trend({ engine }: { engine: Engine }) {
  const history = (await answerTimes("1h")).find((found) => found.engine === engine)?.history;
  const points = history?.ok ? (history.value.series[0]?.points ?? []) : [];
  return points.length < 3 ? null : (
    <Sparkline points={points} label={`Answer time of ${ENGINE_LABELS[engine]} in the last hour`} />
  );
}
