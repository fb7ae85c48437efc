"use client";

import dynamic from "next/dynamic";
import type { PlotProps } from "./plot";

/** The library comes after the page; until then the place of the chart is kept. */
const Plot = dynamic(() => import("./plot").then((module) => module.Plot), { ssr: false });

export function LazyPlot(props: PlotProps) {
  return (
    <div style={{ height: props.height }}>
      <Plot {...props} />
    </div>
  );
}
