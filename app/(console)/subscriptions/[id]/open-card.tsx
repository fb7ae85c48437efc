import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import type { SubscriptionCommand } from "./dialogs/subscription-dialog";
import { detailOf } from "./detail-of";
import { SubscriptionAction } from "./subscription-action";
import type { May } from "../../viewer";
import { targetOf } from "./target";

/** Charges that are not paid in full, each with what can be done about it; nothing when all is paid. */
export async function OpenCard({ subscription, may }: { subscription: SubscriptionRow; may: May }) {
  const found = await detailOf(subscription.id);
  if (!found.ok || found.value.open.length === 0) return null;
  const acts: { command: SubscriptionCommand; label: string }[] = [
    ...(may("subscriptions.pay") && subscription.provider !== "manual"
      ? [{ command: "retry-payment" as const, label: "Collect again…" }]
      : []),
    ...(may("subscriptions.pay") ? [{ command: "record-payment" as const, label: "Record payment…" }] : []),
    ...(may("subscriptions.write-off") ? [{ command: "write-off" as const, label: "Write off…" }] : []),
  ];
  return (
    <Card>
      <CardHeader title="Open charges" hint="oldest first" />
      <ul className="divide-y divide-line">
        {found.value.open.map((charge) => (
          <li key={charge.id} className="px-3.5 py-2.5">
            <p className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate">{charge.description}</span>
              <Money minor={charge.open_minor} currency={charge.currency} className="font-semibold text-warn" />
            </p>
            <p className="text-sm text-text-3">
              of <Money minor={charge.amount_minor} currency={charge.currency} />, charged{" "}
              <Time value={charge.created_at} />
            </p>
            <div className="mt-2 flex flex-wrap gap-2">
              {acts.map(({ command, label }) => (
                <SubscriptionAction
                  key={command}
                  target={targetOf(subscription)}
                  command={command}
                  about={{ transaction: charge.id, minor: charge.open_minor }}
                  aria-label={`${label.replace("…", "")}: ${charge.description}…`}
                  className={buttonStyle({ size: "sm" })}
                >
                  {label}
                </SubscriptionAction>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
