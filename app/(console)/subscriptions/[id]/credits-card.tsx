import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import { PanelFailure } from "../../users/[id]/panel-failure";
import { detailOf } from "./detail-of";
import { SubscriptionAction } from "./subscription-action";
import type { May } from "../../viewer";
import { targetOf } from "./target";

/** What the customer has in credit, and the credits this subscription gave them. */
export async function CreditsCard({ subscription, may }: { subscription: SubscriptionRow; may: May }) {
  const found = await detailOf(subscription.id);
  if (!found.ok) {
    return (
      <Card>
        <CardHeader title="Credit" />
        <PanelFailure failure={found.failure} what="credit" />
      </Card>
    );
  }
  const { credits, credit_minor: left } = found.value;
  return (
    <Card>
      <CardHeader
        title="Credit"
        hint={
          <>
            <Money minor={left} currency={subscription.currency} /> left
          </>
        }
      />
      {credits.length === 0 ? (
        <CardBody>
          <p className="text-text-2">No credit was given.</p>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {credits.map(({ id, amount_minor, currency, reason, description, goodwill, reversed, created_at }) => (
            <li key={id} className="flex items-baseline gap-2 px-3.5 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{reason ?? description}</span>
                <span className="text-sm text-text-3">
                  <Time value={created_at} />
                  {reversed ? ", taken back" : ""}
                </span>
              </span>
              {reversed ? (
                <del className="text-text-3">
                  <Money minor={amount_minor} currency={currency} />
                </del>
              ) : (
                <Money minor={amount_minor} currency={currency} />
              )}
              {goodwill && !reversed && left >= amount_minor && may("subscriptions.credit") ? (
                <SubscriptionAction
                  target={targetOf(subscription)}
                  command="take-back-credit"
                  about={{ transaction: id, minor: amount_minor }}
                  aria-label={`Take back the credit: ${reason ?? description}`}
                  className="link min-h-6 flex-none touch:min-h-11"
                >
                  Take back…
                </SubscriptionAction>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
