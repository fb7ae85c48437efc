const DAYS_MS = 7 * 86_400_000;

/** The trials that the figure of that moment counts. */
export function trialsEndingHref(currency: string, asOf: string): string {
  const trial_end_before = new Date(Date.parse(asOf) + DAYS_MS).toISOString();
  return `/subscriptions?${new URLSearchParams({ status: "trialing", currency, trial_end_before })}`;
}
