import Link from "next/link";
import { Money } from "@/components/ui/money";
import { formatNumber } from "@/components/ui/number";
import { Stat, Stats } from "@/components/ui/stat";
import type { CurrencyFigures } from "@/lib/revenue/schema";
import { monthlyChange, percentText } from "./revenue-of";
import { trialsEndingHref } from "./trials-ending";

/** What is so now, and what the last 30 days did; numbers of subscriptions lead to them. */
export function RevenueFigures({ figures, asOf }: { figures: CurrencyFigures; asOf: string }) {
  const { currency } = figures;
  const { change, share, churn } = monthlyChange(figures);
  const money = (minor: number, sign: "usual" | "always" = "always") => <Money {...{ minor, currency, sign }} />;
  const rows = (href: string, count: number) => (
    <Link href={href} prefetch={false} className="link">
      {formatNumber(count)}
    </Link>
  );
  return (
    <Stats className="grid-flow-row grid-cols-3 rounded-none border-x-0 border-t-0 [&>*]:-mt-px [&>*]:border-t">
      <Stat
        label="MRR"
        value={money(figures.mrr_minor, "usual")}
        hint={
          <>
            {money(change)} ({percentText(share)}) in 30 days
          </>
        }
      />
      <Stat label="New" value={money(figures.new_minor)} hint="in 30 days" />
      <Stat label="Expansion" value={money(figures.expansion_minor)} hint="in 30 days" />
      <Stat label="Contraction" value={money(figures.contraction_minor)} hint="in 30 days" />
      <Stat label="Churn" value={money(figures.churn_minor)} hint={`${percentText(churn)} in 30 days`} />
      <Stat label="Reactivation" value={money(figures.reactivation_minor)} hint="in 30 days" />
      <Stat
        label="Trials ending"
        value={rows(trialsEndingHref(currency, asOf), figures.trials_ending)}
        hint="in 7 days"
      />
      <Stat
        label="Past due"
        value={rows(`/subscriptions?status=past_due&currency=${currency}`, figures.past_due)}
        hint={<>{money(figures.at_risk_minor, "usual")} at risk</>}
        tone={figures.past_due > 0 ? "warn" : undefined}
      />
      <Stat label="Failed payments" value={formatNumber(figures.failed_payments)} hint="in 30 days" />
    </Stats>
  );
}
