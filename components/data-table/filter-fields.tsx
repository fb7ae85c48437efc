import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FilterGroup } from "./filter-menu";

type FilterChoicesProps = {
  legend: string;
  /** The URL parameter, a comma list. */
  name: string;
  given: Record<string, string>;
  choices: readonly { value: string; label: string }[];
};

/** Boxes of which any may be ticked. */
export function FilterChoices({ legend, name, given, choices }: FilterChoicesProps) {
  const chosen = given[name]?.split(",") ?? [];
  return (
    <FilterGroup legend={legend}>
      {choices.map(({ value, label }) => (
        <Checkbox key={value} name={name} value={value} label={label} defaultChecked={chosen.includes(value)} />
      ))}
    </FilterGroup>
  );
}

type FilterDaysProps = {
  given: Record<string, string>;
  from: { name: string; label: string };
  to: { name: string; label: string };
};

/** Two days, between which it was. */
export function FilterDays({ given, from, to }: FilterDaysProps) {
  return (
    <div className="grid grid-cols-2 gap-2 py-1.5">
      {[from, to].map(({ name, label }) => (
        <Field key={name} label={label}>
          {(control) => <Input {...control} type="date" name={name} defaultValue={given[name]?.slice(0, 10)} />}
        </Field>
      ))}
    </div>
  );
}
