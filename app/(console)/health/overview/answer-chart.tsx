import { Chart } from "@/components/charts/chart";
import { MarkList } from "@/components/charts/mark-list";
import { aligned, type PlotData } from "@/components/charts/plot-data";
import { Card, CardHeader } from "@/components/ui/card";
import { ENGINE_LABELS, type Engine } from "@/lib/databases/schema";
import { listMarks } from "@/lib/health/queries";
import type { Range } from "@/lib/health/schema";
import { attempt } from "@/lib/next/load";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { newest } from "../frame/newest";
import { answerTimes } from "./answer-times";

/** Fixed, so that an engine has the same line wherever engines are compared. */
const COLORS: Record<Engine, number> = { postgres: 1, mongodb: 2, redis: 4, elasticsearch: 3 };

/** One time axis for the four, with what admins did. */
export async function AnswerChart({ range }: { range: Range }) {
  const [times, found] = await Promise.all([answerTimes(range), attempt(listMarks, { range })]);
  const known = times.flatMap(({ engine, history }) => (history.ok ? [{ engine, history: history.value }] : []));
  const [first] = known;
  const failed = times.find(({ history }) => !history.ok)?.history;
  const title = "Answer time and admin actions";
  if (!first) {
    return (
      <Card>
        <CardHeader title={title} />
        {failed && !failed.ok ? <PanelFailure failure={failed.failure} what="history" /> : null}
      </Card>
    );
  }
  const marks = found.ok ? newest(found.value) : [];
  const data: PlotData = {
    ...aligned(
      first.history,
      known.flatMap(({ history }) => history.series),
    ),
    kind: "line",
    unit: "ms",
    log: true,
    series: known.map(({ engine }) => ({ id: engine, label: ENGINE_LABELS[engine], color: COLORS[engine] })),
    limits: [],
  };
  return (
    <Card className="grid xl:grid-cols-[minmax(0,1fr)_320px]">
      <Chart title={title} note="ms, logarithmic" data={data} marks={marks} height={236} />
      <div className="border-line px-3.5 py-3 max-xl:border-t xl:border-l">
        {found.ok ? <MarkList marks={marks} named /> : <PanelFailure failure={found.failure} what="what happened" />}
      </div>
    </Card>
  );
}
