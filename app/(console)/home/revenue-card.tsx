import { RefreshCw } from "lucide-react";
import { Chart } from "@/components/charts/chart";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { Time } from "@/components/ui/time";
import type { RevenueMonth } from "@/lib/revenue/schema";
import { RemedyButton } from "../health/frame/remedy-button";
import { PanelFailure } from "../users/[id]/panel-failure";
import { rebuildRevenueDry, rebuildRevenueRun } from "./actions";
import { RevenueCheck } from "./revenue-check";
import { RevenueDefinitions } from "./revenue-definitions";
import { RevenueFigures } from "./revenue-figures";
import { figuresIn, revenueFiguresOf, revenueMonthsOf } from "./revenue-of";
import { REVENUE_PLOTS, revenuePlot } from "./revenue-plots";

type RevenueCardProps = { currency: string | undefined; mayRebuild: boolean };

/** What subscriptions bring, in one currency at a time. */
export async function RevenueCard({ currency, mayRebuild }: RevenueCardProps) {
  const [figures, months] = await Promise.all([revenueFiguresOf(), revenueMonthsOf()]);
  if (!figures.ok) {
    return (
      <Card>
        <CardHeader title="Revenue" />
        <PanelFailure failure={figures.failure} what="figures of revenue" />
      </Card>
    );
  }
  const { data, as_of: asOf } = figures.value;
  const shown = figuresIn(data, currency);
  const segments = data.map((each) => ({
    label: each.currency,
    href: `/?currency=${each.currency}`,
    active: each === shown,
  }));
  return (
    <Card aria-label="Revenue">
      <CardHeader
        title="Revenue"
        hint={
          <>
            as of <Time value={asOf} focusable />
          </>
        }
      >
        {segments.length > 1 ? <Segmented small label="Currency" segments={segments} /> : null}
      </CardHeader>
      {shown ? (
        <RevenueFigures figures={shown} asOf={asOf} />
      ) : (
        <Empty icon={RefreshCw} title="No subscription yet" className="py-8">
          Figures come with the first one.
        </Empty>
      )}
      {months.ok ? (
        shown && <Charts months={months.value.data} currency={shown.currency} />
      ) : (
        <PanelFailure failure={months.failure} what="revenue by month" />
      )}
      <RevenueCheck>
        {mayRebuild ? (
          <RemedyButton
            command
            label="Rebuild"
            title="Roll up the months again"
            description="Computed anew from the ledger and the movements of MRR. No charge, payment or balance changes."
            confirm="Rebuild"
            reason="optional"
            run={rebuildRevenueRun}
            dryRun={rebuildRevenueDry}
            fields={{}}
          />
        ) : null}
        <span className="ml-auto" />
        <RevenueDefinitions id="revenue-definitions" />
      </RevenueCheck>
    </Card>
  );
}

function Charts({ months, currency }: { months: readonly RevenueMonth[]; currency: string }) {
  return (
    <div className="grid max-md:[&>*:nth-child(n+2)]:border-t md:grid-cols-2 md:[&>*:nth-child(even)]:border-l md:[&>*:nth-child(n+3)]:border-t">
      {REVENUE_PLOTS.map((plot) => (
        <Chart key={plot.title} title={plot.title} data={revenuePlot(months, currency, plot)} marks={[]} height={150} />
      ))}
    </div>
  );
}
