import { Sparkline } from "@/components/charts/sparkline";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { Stat, Stats } from "@/components/ui/stat";
import type { RevenueMonth } from "@/lib/revenue/schema";
import { figuresIn, monthlyChange, percentText, revenueFiguresOf, revenueMonthsOf } from "../home/revenue-of";
import { PanelFailure } from "../users/[id]/panel-failure";

const SIGNED = new Intl.NumberFormat("en-US", { signDisplay: "exceptZero" });

/** What we earn and what is about to break, in the currency asked for or the largest. */
export async function FiguresStrip({ currency }: { currency?: string | undefined }) {
  const [figures, months] = await Promise.all([revenueFiguresOf(), revenueMonthsOf()]);
  if (!figures.ok) {
    return (
      <Card className="flex-none">
        <PanelFailure failure={figures.failure} what="figures of revenue" />
      </Card>
    );
  }
  const shown = figuresIn(figures.value.data, currency);
  if (!shown) return null;
  const { change, churn } = monthlyChange(shown);
  return (
    <Stats className="flex-none">
      <Stat
        label={`MRR, ${shown.currency}`}
        value={<Money minor={shown.mrr_minor} currency={shown.currency} />}
        hint={
          <>
            <Money minor={change} currency={shown.currency} sign="always" /> in 30 days
          </>
        }
        aside={months.ok ? <Trend months={months.value.data} currency={shown.currency} /> : null}
      />
      <Stat
        label={`Active, ${shown.currency}`}
        value={formatNumber(shown.active)}
        hint={`${SIGNED.format(shown.paying_change).replace("-", "−")} paying in 30 days`}
      />
      <Stat label={`Trials ending, ${shown.currency}`} value={formatNumber(shown.trials_ending)} hint="in 7 days" />
      <Stat
        label={`Past due, ${shown.currency}`}
        value={formatNumber(shown.past_due)}
        tone={shown.past_due > 0 ? "warn" : undefined}
        hint={
          <>
            <Money minor={shown.at_risk_minor} currency={shown.currency} /> at risk
          </>
        }
      />
      <Stat
        label={`Churn, ${shown.currency}`}
        value={percentText(churn)}
        hint={
          <>
            <Money minor={shown.churn_minor} currency={shown.currency} sign="always" /> in 30 days
          </>
        }
      />
    </Stats>
  );
}

function Trend({ months, currency }: { months: readonly RevenueMonth[]; currency: string }) {
  const own = months.filter((month) => month.currency === currency);
  return (
    <Sparkline
      points={own.map(({ month, mrr_minor: minor }) => [Date.parse(month), minor, minor])}
      label={`MRR over ${own.length} months`}
    />
  );
}
