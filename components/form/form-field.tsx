import clsx from "clsx";
import { Checkbox, Radio } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input, inputStyle, Textarea } from "../ui/input";
import { formatUtc } from "../ui/time-format";

type Choice = { value: string; label: string; hint?: string };

/** What a person types or chooses, as every form draws it. */
export type FormInput = {
  name: string;
  label: string;
  /** `amount` ends with its unit; `moment` is a day and time in the reader's own time zone. */
  type?: "text" | "number" | "area" | "check" | "amount" | "moment" | "radio";
  note?: string;
  hint?: string;
  placeholder?: string;
  unit?: string;
  min?: number;
  max?: number;
  maxLength?: number;
  /** One of these: a list that opens, or with type `radio` all of them in sight. */
  choices?: readonly Choice[];
};

type FormFieldProps = {
  input: FormInput;
  value: string;
  error?: string | undefined;
  autoFocus?: boolean;
  onChange: (value: string) => void;
};

export function FormField({ input, value, error, autoFocus, onChange }: FormFieldProps) {
  const { label, type = "text", note, placeholder, min, max, maxLength, choices } = input;
  if (type === "check") {
    return (
      <Checkbox label={label} checked={value === "true"} onChange={(event) => onChange(String(event.target.checked))} />
    );
  }
  if (type === "radio") return <RadioField {...{ input, value, error, onChange }} />;
  const typed = { value, placeholder, autoFocus, onChange: (event: Typed) => onChange(event.target.value) };
  return (
    <Field label={label} note={note} hint={type === "moment" ? zoneHint(value) : input.hint} error={error}>
      {(control) => {
        if (choices) {
          return (
            <select {...control} {...typed} className={clsx(inputStyle, "h-[30px] touch:h-11")}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </select>
          );
        }
        if (type === "area") return <Textarea {...control} {...typed} maxLength={maxLength} />;
        if (type === "moment") return <Input {...control} {...typed} type="datetime-local" className="max-w-[240px]" />;
        if (type !== "amount") return <Input {...control} {...typed} type={type} {...{ min, max, maxLength }} />;
        return (
          <span className="flex max-w-[240px] items-center gap-2">
            <Input {...control} {...typed} inputMode="decimal" autoComplete="off" />
            <span className="text-sm text-text-3">{input.unit}</span>
          </span>
        );
      }}
    </Field>
  );
}

type Typed = { target: { value: string } };

function RadioField({ input: { name, label, hint, choices = [] }, value, error, onChange }: FormFieldProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-[5px] text-sm font-medium">{label}</legend>
      <div className="grid gap-1">
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
            label={
              <span className="min-w-0">
                <span className="font-medium">{choice.label}</span>
                {choice.hint ? <span className="ml-2 text-sm text-text-2">{choice.hint}</span> : null}
              </span>
            }
          />
        ))}
      </div>
      {hint ? <p className="mt-1 text-sm text-text-2">{hint}</p> : null}
      {error ? <p className="mt-1 text-sm text-bad">{error}</p> : null}
    </fieldset>
  );
}

/** What a local time is in UTC, with the zone it is read in. */
function zoneHint(local: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = instantOf(local);
  return at ? `Your time zone is ${zone}. In UTC: ${formatUtc(at).slice(0, 16)}` : `Your time zone is ${zone}.`;
}

/** The instant of a local time; "" for none. */
export function instantOf(local: string): string {
  const at = Date.parse(local);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}
