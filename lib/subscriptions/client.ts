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
  const { status, comped, cancel_at, collection_paused_at, next_price_at, period_end, resume_at, trial_end } =
    subscription;
  const notes = [
    comped ? "free of charge" : null,
    status === "trialing" && trial_end ? `until ${dayText(trial_end)}` : null,
    status === "paused" && resume_at ? `resumes ${dayText(resume_at)}` : null,
    collection_paused_at ? "collection paused" : null,
    next_price_at ? `changes ${dayText(next_price_at)}` : null,
    cancel_at
      ? `cancels ${status === "paused" && cancel_at === period_end ? "with its period" : dayText(cancel_at)}`
      : null,
  ];
  return [STATUS_WORDS[status], ...notes.filter((note) => note !== null)].join(", ");
}

// Made once: making one takes longer than formatting a thousand days.
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "1 Dec 2026" */
export function dayText(instant: string): string {
  return DAY.format(new Date(instant)).replace("Sept", "Sep");
}

type StatusEntry = { word: string; icon: string; tone: "ok" | "warn" | "bad" | "info" | "off"; filled: boolean };

/** How a status is shown: an ordinary one is quiet, one that needs a person is filled. */
export const SUBSCRIPTION_STATUS: Record<SubscriptionStatus, StatusEntry> = {
  incomplete: { word: STATUS_WORDS.incomplete, icon: "circle-dashed", tone: "off", filled: true },
  trialing: { word: STATUS_WORDS.trialing, icon: "hourglass", tone: "info", filled: true },
  active: { word: STATUS_WORDS.active, icon: "circle-check", tone: "ok", filled: false },
  past_due: { word: STATUS_WORDS.past_due, icon: "triangle-alert", tone: "warn", filled: true },
  paused: { word: STATUS_WORDS.paused, icon: "circle-pause", tone: "off", filled: true },
  canceled: { word: STATUS_WORDS.canceled, icon: "circle-x", tone: "off", filled: true },
};

/** In the place of the status: that it ends. */
export const ENDS: Omit<StatusEntry, "word"> = { icon: "calendar-x-2", tone: "off", filled: true };

/** From what the processor says; beside the status, so in one word. */
export const DIFFERS: StatusEntry = {
  word: "Differs",
  icon: "git-compare-arrows",
  tone: "bad",
  filled: true,
};

/** Whether the processor says something else than we do. */
export function differs({ status, provider_status }: Pick<Subscription, "status" | "provider_status">): boolean {
  return provider_status !== null && provider_status !== status;
}
