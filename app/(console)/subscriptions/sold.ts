import { formatMoney } from "@/components/ui/money";
import type { PlanWithPrices } from "@/lib/plans/schema";

/** Every price that may be chosen, as a list offers it: "Business, $49.00 / month". */
export function soldOf(plans: readonly PlanWithPrices[]): { value: string; label: string }[] {
  return plans
    .filter(({ status }) => status === "active")
    .flatMap(({ name, prices }) =>
      prices
        .filter(({ active }) => active)
        .map(({ id, amount_minor, currency, period, period_count }) => ({
          value: id,
          label: `${name}, ${formatMoney(amount_minor, currency)} / ${period_count === 1 ? period : `${period_count} ${period}s`}`,
        })),
    );
}
