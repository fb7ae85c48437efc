import { Chart } from "@/components/charts/chart";
import { MarkList } from "@/components/charts/mark-list";
import { plotData, type ChartSpec } from "@/components/charts/plot-data";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { Engine } from "@/lib/databases/schema";
import { getHistory, listMarks } from "@/lib/health/queries";
import type { Range } from "@/lib/health/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { newest } from "./newest";

type EngineChartsProps = { engine: Engine; range: Range; charts: readonly ChartSpec[] };

/** All charts of an engine from one read, with the same marks and the same cursor. */
export async function EngineCharts({ engine, range, charts }: EngineChartsProps) {
  const signals = [...new Set(charts.flatMap((chart) => chart.signals))];
  const [history, found] = await Promise.all([
    attempt(getHistory, { engine, signals, range }),
    attempt(listMarks, { engine, range }),
  ]);
  if (!history.ok) {
    return (
      <Card>
        <CardHeader title="History" />
        <PanelFailure failure={history.failure} what="history" />
      </Card>
    );
  }
  const marks = found.ok ? newest(found.value) : [];
  return (
    <>
      <div className={cn("grid gap-3 md:grid-cols-2", charts.length === 3 && "xl:grid-cols-3")}>
        {charts.map((spec) => (
          <Card key={spec.title}>
            <Chart title={spec.title} note={spec.note} data={plotData(history.value, spec)} marks={marks} />
          </Card>
        ))}
      </div>
      <Card>
        <CardHeader title="What happened" hint="numbered on every chart" />
        {found.ok ? (
          <CardBody>
            <MarkList marks={marks} />
          </CardBody>
        ) : (
          <PanelFailure failure={found.failure} what="what happened" />
        )}
      </Card>
    </>
  );
}
