import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/number";
import { PanelFailure } from "../users/[id]/panel-failure";
import { figuresOf } from "./figures-of";
import { SignUpsChart } from "./sign-ups-chart";

/** Sign-ups a day over 30 UTC days; the running day is pale and not part of the mean. */
export async function SignUpsCard() {
  const figures = await figuresOf();
  if (!figures.ok) {
    return (
      <Card>
        <CardHeader title="New users a day" />
        <PanelFailure failure={figures.failure} what="user figures" />
      </Card>
    );
  }
  const days = figures.value.sign_ups;
  const whole = days.slice(0, -1);
  const mean = whole.reduce((sum, { count }) => sum + count, 0) / Math.max(whole.length, 1);
  return (
    <Card>
      <CardBody>
        <h2 className="text-sm text-text-3">New users a day</h2>
        <p className="flex items-baseline gap-2">
          <b className="text-2xl font-semibold tracking-[-0.02em]">
            {mean >= 10 ? formatNumber(Math.round(mean)) : mean.toFixed(1)}
          </b>
          <span className="text-sm text-text-3">daily mean of the {whole.length} whole days, UTC</span>
        </p>
        <SignUpsChart days={days} asOf={figures.value.as_of} />
      </CardBody>
    </Card>
  );
}
