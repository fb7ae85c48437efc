"use client";

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { DASHES } from "./dashes";
import type { PlotData } from "./plot-data";
import { axisText, timeText } from "./plot-text";
import { Hatch, MarkNumber, limitLabel, limitPlace, markLevels, noDataLabel } from "./plot-labels";
import { PlotTip } from "./plot-tip";
import { pointsOf, scaleOf } from "./scale";
import { monthTicks, timeLabel, timeTicks } from "./ticks";

export type PlotProps = { title: string; data: PlotData; marks: readonly number[]; height: number };

const AXIS = { fontSize: 11, fill: "var(--text-3)" };

/** Lines, stacked areas or bars over time. All charts of a page share the cursor. */
export function Plot({ title, data, marks, height }: PlotProps) {
  const { kind, unit, monthly, log, from, to, series, gaps } = data;
  const { ticks, limits } = scaleOf(data);
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const place = limitPlace(marks, from, to);
  const levels = markLevels(marks, to - from);
  const hatch = `hatch-${title.replaceAll(/\W+/g, "-")}`;
  const margin = { top: marks.length > 0 ? 20 : 8, right: 12, bottom: 0, left: 0 };
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={pointsOf(data)}
        margin={margin}
        syncId={monthly ? "months" : "health"}
        syncMethod="value"
        title={title}
        stackOffset="sign"
        accessibilityLayer
      >
        <Hatch id={hatch} />
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          ticks={monthly ? monthTicks(data) : timeTicks(from, to)}
          tickFormatter={(at: number) => (monthly ? timeText(at, true) : timeLabel(at, from, to))}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          allowDataOverflow
        />
        <YAxis
          scale={log ? "log" : "linear"}
          domain={[bottom, top]}
          ticks={ticks}
          tickFormatter={(value: number) => axisText(value, unit)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width={58}
          allowDataOverflow
        />
        {gaps.map(([start, end]) => (
          <ReferenceArea
            key={start}
            x1={start}
            x2={end}
            fill={`url(#${hatch})`}
            label={noDataLabel(end - start, to - from)}
          />
        ))}
        {series.map(({ id, label, color }, index) => {
          const stroke = `var(--chart-${color})`;
          const shared = { name: label, dataKey: `v${index}`, isAnimationActive: false, stroke };
          if (kind === "bars") return <Bar key={id} {...shared} stackId="all" fill={shared.stroke} strokeWidth={0} />;
          if (kind === "area") {
            return <Area key={id} {...shared} stackId="all" fill={shared.stroke} fillOpacity={0.75} strokeWidth={0} />;
          }
          return (
            <Line key={id} {...shared} dot={false} strokeWidth={1.5} strokeDasharray={DASHES[index % DASHES.length]} />
          );
        })}
        {limits.map(({ value, label, severity }) => (
          <ReferenceLine
            key={label}
            y={value}
            stroke={severity === "warn" ? "var(--warn-fill)" : "var(--bad-fill)"}
            strokeDasharray="4 3"
            label={limitLabel(label, severity, value > bottom + (top - bottom) * 0.86, place)}
          />
        ))}
        {marks.map((at, index) => (
          <ReferenceLine
            key={index}
            x={at}
            stroke="var(--text-2)"
            strokeDasharray="2 3"
            label={<MarkNumber number={index + 1} level={levels[index] ?? 0} />}
          />
        ))}
        <Tooltip
          content={<PlotTip unit={unit} monthly={monthly} />}
          cursor={{ stroke: "var(--text-3)" }}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
