import { formatMoney } from "@/components/ui/money";
import type { Failure } from "@/lib/next/failure";
import type { Preview } from "@/lib/core/operation";

/** A request that got no answer at all; its key makes it safe to send again. */
export const NO_ANSWER: Failure = {
  code: "outcome_unknown",
  message: "The console did not answer. Nothing is lost; trying again cannot do it twice.",
  request_id: "",
};

/** The fresh preview that comes with a plan that no longer holds. */
export function freshPreview(failure: Failure | null): Preview | null {
  return failure?.code === "changed_since_preview" && isPreview(failure.preview) ? failure.preview : null;
}

function isPreview(value: unknown): value is Preview {
  return typeof value === "object" && value !== null && "plan" in value && "touches" in value;
}

/** What is confirmed, with what it asks of the customer: "Change plan and charge $376.00". */
export function withAmount(verb: string, preview: Preview | null): string {
  const amounts = (preview?.money ?? []).filter(({ due_minor: due }) => due !== 0);
  const [first, ...others] = amounts;
  if (!first || others.some(({ currency }) => currency !== first.currency)) return verb;
  const sum = amounts.reduce((total, { due_minor: due }) => total + due, 0);
  if (sum === 0) return verb;
  return `${verb} and ${sum < 0 ? "give back" : "charge"} ${formatMoney(Math.abs(sum), first.currency)}`;
}

/** The record as it is now, of a refused write. */
export function currentOf(failure: Failure): Record<string, unknown> {
  return record(failure.current);
}

/** What the refused write would have set. */
export function wantedOf(failure: Failure): Record<string, unknown> {
  return record(failure.wanted);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
