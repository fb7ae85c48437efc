import { dayText } from "@/lib/subscriptions/client";
import { RETRY_AFTER_DAYS, type SubscriptionRow } from "@/lib/subscriptions/schema";

/** What happens next of a subscription, and when. */
export function NextStep({ subscription }: { subscription: SubscriptionRow }) {
  const {
    status,
    canceled_at,
    cancel_at,
    resume_at,
    retry_at,
    retries,
    next_price_at,
    next_plan,
    plan,
    period_end,
    trial_end,
  } = subscription;
  if (canceled_at) return `Ended ${dayText(canceled_at)}`;
  if (retry_at) {
    return (
      <span className="text-warn">
        Retry {retries} of {RETRY_AFTER_DAYS.length}, {dayText(retry_at)}
      </span>
    );
  }
  if (cancel_at) return `Ends ${dayText(cancel_at)}`;
  if (status === "paused") return resume_at ? `Resumes ${dayText(resume_at)}` : "–";
  if (next_price_at) {
    const what = next_plan === null ? "Other quantity" : next_plan === plan.name ? "Other price" : next_plan;
    return `${what} from ${dayText(next_price_at)}`;
  }
  if (status === "trialing" && trial_end) return dayText(trial_end);
  return dayText(period_end);
}
