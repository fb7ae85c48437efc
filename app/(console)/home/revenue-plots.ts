// The months of one currency as charts.
import type { PlotData } from "@/components/charts/plot-data";
import type { RevenueMonth } from "@/lib/revenue/schema";

type Minor = Extract<keyof RevenueMonth, `${string}_minor`>;
type Drawn = { field: Minor; label: string; color: number };

const HALF_A_MONTH_MS = 15 * 86_400_000;

export const REVENUE_PLOTS: readonly { title: string; kind: PlotData["kind"]; drawn: readonly Drawn[] }[] = [
  { title: "Monthly recurring revenue", kind: "bars", drawn: [{ field: "mrr_minor", label: "MRR", color: 1 }] },
  {
    title: "What moved it",
    kind: "bars",
    drawn: [
      { field: "new_minor", label: "New", color: 1 },
      { field: "expansion_minor", label: "Expansion", color: 2 },
      { field: "reactivation_minor", label: "Reactivation", color: 0 },
      { field: "contraction_minor", label: "Contraction", color: 3 },
      { field: "churn_minor", label: "Churn", color: 4 },
    ],
  },
  {
    title: "Charged and collected",
    kind: "line",
    drawn: [
      { field: "charged_minor", label: "Charged", color: 1 },
      { field: "collected_minor", label: "Collected", color: 2 },
    ],
  },
  {
    title: "Given back",
    kind: "bars",
    drawn: [
      { field: "refunded_minor", label: "Refunded", color: 1 },
      { field: "credited_minor", label: "Credited", color: 2 },
      { field: "written_off_minor", label: "Written off", color: 4 },
    ],
  },
];

/** A month is drawn at its first day; bars of the first and the last need room beside it. */
export function revenuePlot(
  months: readonly RevenueMonth[],
  currency: string,
  { kind, drawn }: (typeof REVENUE_PLOTS)[number],
): PlotData {
  const own = months.filter((month) => month.currency === currency);
  const rows = own.map((month): PlotData["rows"][number] => [
    Date.parse(`${month.month}T00:00:00Z`),
    ...drawn.map(({ field }) => month[field]),
  ]);
  return {
    kind,
    unit: { currency },
    monthly: true,
    log: false,
    from: (rows[0]?.[0] ?? 0) - HALF_A_MONTH_MS,
    to: (rows.at(-1)?.[0] ?? 0) + HALF_A_MONTH_MS,
    series: drawn.map(({ field, label, color }) => ({ id: field, label, color })),
    rows,
    limits: [],
    gaps: [],
  };
}
