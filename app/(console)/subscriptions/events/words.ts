import type { StatusEntry } from "@/components/ui/tone";
import type { EventKind, EventState, ProcessorEventRow } from "@/lib/processor-events/schema";

export const KIND_WORDS: Record<EventKind, string> = {
  "payment.succeeded": "Payment succeeded",
  "payment.failed": "Payment failed",
  "refund.succeeded": "Refund succeeded",
  "refund.failed": "Refund failed",
  "subscription.status": "Status of a subscription",
};

/** One that fits nothing needs a person; the others are quiet. */
export const STATE_WORDS: Record<EventState, StatusEntry> = {
  unmatched: { word: "Unmatched", icon: "unlink", tone: "warn", filled: true },
  waiting: { word: "Waiting", icon: "hourglass", tone: "info", filled: true },
  settled_before: { word: "Settled", icon: "circle-slash", tone: "off", filled: false },
  applied: { word: "Applied", icon: "circle-check", tone: "ok", filled: false },
};

export function stateOf({ outcome }: ProcessorEventRow): EventState {
  return outcome ?? "waiting";
}

/** What became of it, as a sentence. */
export function whyOf({ outcome, problem, kind }: ProcessorEventRow): string {
  if (problem !== null) return problem;
  if (outcome === "unmatched") return "It fits nothing we have.";
  if (outcome === "settled_before") return "What it tells of was settled already. Nothing changed.";
  if (outcome === null) return "The worker acts on it soon.";
  return kind === "subscription.status" ? "Compared with our status." : "Booked.";
}
