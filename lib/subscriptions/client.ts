// A subscription's state in words, the same in previews, messages and pages.
import type { Subscription, SubscriptionStatus } from "./schema";

export const STATUS_WORDS: Record<SubscriptionStatus, string> = {
  incomplete: "Incomplete",
  trialing: "Trial",
  active: "Active",
  past_due: "Past due",
  paused: "Paused",
  canceled: "Cancelled",
};

/** Such as "Active, cancels 1 Dec 2026". Days are those of UTC. */
export function stateText(subscription: Subscription): string {
  const { status, comped, cancel_at, collection_paused_at, resume_at, trial_end } = subscription;
  const notes = [
    comped ? "free of charge" : null,
    status === "trialing" && trial_end ? `until ${dayText(trial_end)}` : null,
    status === "paused" && resume_at ? `resumes ${dayText(resume_at)}` : null,
    collection_paused_at ? "collection paused" : null,
    cancel_at ? `cancels ${dayText(cancel_at)}` : null,
  ];
  return [STATUS_WORDS[status], ...notes.filter((note) => note !== null)].join(", ");
}

/** "1 Dec 2026" */
export function dayText(instant: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(instant));
}
