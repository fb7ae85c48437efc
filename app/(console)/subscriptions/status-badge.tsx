import { Status } from "@/components/ui/status";
import { DIFFERS, ENDS, SUBSCRIPTION_STATUS, dayText, differs } from "@/lib/subscriptions/client";
import type { Subscription } from "@/lib/subscriptions/schema";

type Shown = Pick<Subscription, "status" | "cancel_at" | "trial_end" | "resume_at" | "provider_status">;

const DAY_MS = 86_400_000;

/** The state of a subscription with what is next of it: "Trial, 6 days left", "Cancels 30 Nov 2026". */
export function SubscriptionBadge({ subscription }: { subscription: Shown }) {
  const { status, cancel_at, provider_status: told } = subscription;
  const ends = cancel_at !== null && status !== "past_due";
  return (
    <span className="inline-flex items-center gap-1">
      {ends ? (
        <Status status={{ ...ENDS, word: `Cancels ${dayText(cancel_at)}` }} />
      ) : (
        <Status status={SUBSCRIPTION_STATUS[status]} detail={detailOf(subscription)} />
      )}
      {differs(subscription) ? (
        <span title={`The processor says ${told?.replaceAll("_", " ")}`}>
          <Status status={DIFFERS} />
        </span>
      ) : null}
    </span>
  );
}

function detailOf({ status, trial_end, resume_at }: Shown): string {
  if (status === "paused" && resume_at) return `until ${dayText(resume_at)}`;
  if (status !== "trialing" || trial_end === null) return "";
  const days = Math.ceil((Date.parse(trial_end) - Date.now()) / DAY_MS);
  if (days <= 0) return "ends today";
  return days === 1 ? "1 day left" : `${days} days left`;
}
