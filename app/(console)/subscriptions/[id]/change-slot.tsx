import { Card, CardHeader } from "@/components/ui/card";
import { attempt } from "@/lib/next/load";
import { listPlans } from "@/lib/plans/queries";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import type { Offer } from "./change-fields";
import { ChangePanel } from "./change-panel";
import { cycleWords } from "./subscription-figures";
import { targetOf } from "./target";

/** The panel with what is sold in the currency of the subscription. */
export async function ChangeSlot({ subscription, closeHref }: { subscription: SubscriptionRow; closeHref: string }) {
  const found = await attempt(listPlans, { status: "active" });
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Change plan" />
        <PanelFailure failure={found.failure} what="plans" />
      </Card>
    );
  }
  const { currency, price_id, price, plan, quantity } = subscription;
  const offers = found.value.data.flatMap(({ name, prices }) =>
    prices
      .filter((each) => each.active && each.currency === currency)
      .map((each): Offer => ({
        price_id: each.id,
        plan: name,
        amount_minor: each.amount_minor,
        cycle: cycleWords(each),
      })),
  );
  const now = { price_id, plan: plan.name, amount_minor: price.amount_minor, cycle: cycleWords(price), quantity };
  return <ChangePanel key={subscription.id} target={targetOf(subscription)} {...{ now, offers, closeHref }} />;
}
