import type { ReactNode } from "react";
import type { Mark } from "@/lib/health/schema";
import { cn } from "../ui/cn";
import { ChartTable } from "./chart-table";
import { Legend } from "./legend";
import { LazyPlot } from "./lazy-plot";
import type { PlotData } from "./plot-data";
import { valueText } from "./plot-text";

type ChartProps = {
  title: string;
  data: PlotData;
  marks: readonly Mark[];
  note?: ReactNode;
  height?: number;
  className?: string;
};

/** A chart, what it is called, where its limits are, and the same numbers as a table. */
export function Chart({ title, data, marks, note, height = 168, className }: ChartProps) {
  const measured = data.rows.filter(([, ...values]) => values.some((value) => value !== null));
  const at = marks.map((mark) => Date.parse(mark.at));
  return (
    <figure className={cn("flex h-full min-w-0 flex-col", className)}>
      <figcaption className="flex min-h-[42px] flex-wrap items-center gap-x-2 border-b px-3.5 py-1.5">
        <h2 className="text-lg font-semibold tracking-[-0.005em]">{title}</h2>
        {note ? <span className="text-sm text-text-3">{note}</span> : null}
        {data.series.length > 1 ? <Legend series={data.series} kind={data.kind} /> : null}
      </figcaption>
      <div className="mt-auto px-2 pt-2.5">
        {measured.length < 3 ? (
          <Few data={data} latest={measured.at(-1)} height={height} />
        ) : (
          <LazyPlot title={title} data={data} marks={at} height={height} />
        )}
      </div>
      <ChartTable title={title} data={data} />
    </figure>
  );
}

/** Less than three points are no line: they are said. */
function Few({
  data,
  latest,
  height,
}: {
  data: PlotData;
  latest: PlotData["rows"][number] | undefined;
  height: number;
}) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 text-center" style={{ height }}>
      {latest ? (
        <p className="text-xl font-semibold">
          {data.series.map(({ label }, index) => (
            <span key={label} className="mx-2">
              {data.series.length > 1 ? <span className="text-sm font-normal text-text-3">{label} </span> : null}
              {valueText(latest[index + 1], data.unit)}
            </span>
          ))}
        </p>
      ) : (
        <p className="font-medium">No data in this time</p>
      )}
      <p className="text-sm text-text-3">
        {latest ? "Too few measurements for a line in this time." : "The worker has measured nothing here yet."}
      </p>
    </div>
  );
}
