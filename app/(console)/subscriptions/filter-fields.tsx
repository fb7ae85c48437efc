import { FilterChoices, FilterDays } from "@/components/data-table/filter-fields";
import { FilterGroup } from "@/components/data-table/filter-menu";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input";
import type { PlanWithPrices } from "@/lib/plans/schema";
import { STATUS_WORDS } from "@/lib/subscriptions/client";
import { SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";
import { AmountBounds } from "./amount-bounds";

const STATUSES = SUBSCRIPTION_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }));

/** What these fields set, by the names of the URL. */
export const FIELDS = [
  ...["status", "ending", "differs", "plan_id", "currency", "monthly_min_minor", "monthly_max_minor"],
  ...["period_end_after", "period_end_before"],
];

type FilterFieldsProps = { given: Record<string, string>; plans: readonly PlanWithPrices[] };

/** What may be filtered by, in a plain form. */
export function FilterFields({ given, plans }: FilterFieldsProps) {
  return (
    <>
      <FilterChoices legend="Status" name="status" given={given} choices={STATUSES} />
      <FilterGroup legend="Needs a look">
        <Checkbox name="ending" value="true" label="Set to cancel" defaultChecked={given["ending"] === "true"} />
        <Checkbox
          name="differs"
          value="true"
          label="Differs from processor"
          defaultChecked={given["differs"] === "true"}
        />
      </FilterGroup>
      <Field label="Plan" className="py-1.5">
        {(control) => (
          <select
            {...control}
            name="plan_id"
            defaultValue={given["plan_id"] ?? ""}
            className={`${inputStyle} h-[30px] touch:h-11`}
          >
            <option value="">Any</option>
            {plans.map(({ id, name, status }) => (
              <option key={id} value={id}>
                {status === "active" ? name : `${name} (${status})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <AmountBounds
        currency={given["currency"] ?? ""}
        min={given["monthly_min_minor"]}
        max={given["monthly_max_minor"]}
      />
      <FilterDays
        given={given}
        from={{ name: "period_end_after", label: "Period ends from" }}
        to={{ name: "period_end_before", label: "Before" }}
      />
    </>
  );
}
