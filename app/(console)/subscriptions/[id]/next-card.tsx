import { BadgePercent, CalendarX2, CirclePlay, CreditCard, Hourglass, Repeat2, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { Icon } from "@/components/ui/tone";
import type { SubscriptionRow } from "@/lib/subscriptions/schema";
import type { SubscriptionCommand } from "./dialogs/subscription-dialog";
import { SubscriptionAction } from "./subscription-action";
import { cycleWords } from "./subscription-figures";
import type { May } from "../../viewer";
import { targetOf } from "./target";

type Step = {
  icon: Icon;
  at: string | null;
  text: string;
  back?: { command: SubscriptionCommand; label: string; allowed: boolean };
};

/** What will happen by itself, soonest first, each with its way back. */
export function NextCard({ subscription, may }: { subscription: SubscriptionRow; may: May }) {
  const steps = stepsOf(subscription, may).sort((a, b) => (a.at ?? "9").localeCompare(b.at ?? "9"));
  return (
    <Card>
      <CardHeader title="What happens next" />
      {steps.length === 0 ? (
        <CardBody>
          <p className="text-text-2">Nothing: it is over.</p>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {steps.map(({ icon: StepIcon, at, text, back }) => (
            <li key={text} className="flex items-start gap-2.5 px-3.5 py-2.5">
              <StepIcon size={15} aria-hidden className="mt-0.5 flex-none text-text-2" />
              <span className="min-w-0 flex-1">
                {text}
                {at ? <When at={at} /> : null}
              </span>
              {back?.allowed ? (
                <SubscriptionAction
                  target={targetOf(subscription)}
                  command={back.command}
                  aria-label={`${back.label.replace("…", "")}: ${text}…`}
                  className="link min-h-6 flex-none touch:min-h-11"
                >
                  {back.label}
                </SubscriptionAction>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function When({ at }: { at: string }): ReactNode {
  return (
    <span className="block text-sm text-text-3">
      <Time value={at} mode="utc" focusable /> UTC
    </span>
  );
}

function stepsOf(subscription: SubscriptionRow, may: May): Step[] {
  const { status, trial_end, period_end, cancel_at, next_price_at, resume_at, retry_at, discount_until } = subscription;
  if (status === "canceled") return [];
  const pausing = may("subscriptions.pause");
  const ends = cancel_at !== null && cancel_at <= period_end;
  const steps: (Step | false)[] = [
    status === "trialing" && {
      icon: Hourglass,
      at: trial_end ?? period_end,
      text: ends ? "The trial ends" : "The trial ends and the first charge is made",
      back: { command: "extend-trial", label: "Extend…", allowed: may("subscriptions.change") },
    },
    (status === "active" || status === "past_due") &&
      !ends && { icon: Repeat2, at: period_end, text: subscription.comped ? "Renews, free of charge" : "Renews" },
    next_price_at !== null && {
      icon: CreditCard,
      at: next_price_at,
      text: changeText(subscription),
      back: { command: "drop-change", label: "Take back…", allowed: may("subscriptions.change") },
    },
    cancel_at !== null && {
      icon: CalendarX2,
      at: cancel_at,
      text: `Is cancelled${subscription.cancel_reason ? `: ${subscription.cancel_reason}` : ""}`,
      back: { command: "keep", label: "Keep…", allowed: may("subscriptions.cancel") },
    },
    status === "paused" && {
      icon: CirclePlay,
      at: resume_at,
      text: resume_at ? "The service resumes" : "Stays paused until someone resumes it",
      back: { command: "resume", label: "Resume now…", allowed: pausing },
    },
    subscription.collection_paused_at !== null && {
      icon: CirclePlay,
      at: subscription.collection_resume_at,
      text: subscription.collection_resume_at ? "Collection resumes" : "Collection rests until someone resumes it",
      back: { command: "resume", label: "Resume now…", allowed: pausing },
    },
    retry_at !== null && {
      icon: RotateCw,
      at: retry_at,
      text: `The payment is tried again, ${triesText(subscription)}`,
    },
    discount_until !== null && {
      icon: BadgePercent,
      at: discount_until,
      text: `The discount of ${Number(subscription.discount_percent)} % ends`,
    },
  ];
  return steps.filter((step) => step !== false);
}

function changeText(subscription: SubscriptionRow): string {
  const { next_price, next_quantity, quantity } = subscription;
  const parts = [
    next_price ? `Changes ${priceChange(subscription, next_price)}` : null,
    next_quantity === null
      ? null
      : `${next_price ? "quantity" : "Quantity changes"} from ${quantity} to ${next_quantity}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** Within one plan its name says nothing. */
function priceChange({ plan, next_plan, price, currency }: SubscriptionRow, next: SubscriptionRow["price"]): string {
  const words = (cost: typeof price) => `${formatMoney(cost.amount_minor, currency)} ${cycleWords(cost)}`;
  return next_plan === plan.name ? `from ${words(price)} to ${words(next)}` : `from ${plan.name} to ${next_plan ?? ""}`;
}

function triesText({ retries }: SubscriptionRow): string {
  return `${retries} of 4 tries failed`;
}
