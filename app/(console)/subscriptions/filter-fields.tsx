import { FilterGroup } from "@/components/data-table/filter-menu";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, inputStyle } from "@/components/ui/input";
import type { PlanWithPrices } from "@/lib/plans/schema";
import { STATUS_WORDS } from "@/lib/subscriptions/client";
import { SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";
import { valuesOf } from "../list-params";
import { AmountBounds } from "./amount-bounds";

type FilterFieldsProps = { given: Record<string, string>; plans: readonly PlanWithPrices[] };

/** What may be filtered by, in a plain form. */
export function FilterFields({ given, plans }: FilterFieldsProps) {
  return (
    <>
      <FilterGroup legend="Status">
        {SUBSCRIPTION_STATUSES.map((value) => (
          <Checkbox
            key={value}
            name="status"
            value={value}
            label={STATUS_WORDS[value]}
            defaultChecked={valuesOf(given["status"]).includes(value)}
          />
        ))}
      </FilterGroup>
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
      <div className="grid grid-cols-2 gap-2 py-1.5">
        <DateField name="period_end_after" label="Period ends from" value={given["period_end_after"]} />
        <DateField name="period_end_before" label="Before" value={given["period_end_before"]} />
      </div>
    </>
  );
}

function DateField({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <Field label={label}>
      {(control) => <Input {...control} type="date" name={name} defaultValue={value?.slice(0, 10)} />}
    </Field>
  );
}
