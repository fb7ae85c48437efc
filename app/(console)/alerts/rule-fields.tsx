import clsx from "clsx";
import type { ReactNode } from "react";
import { ErrorList } from "@/components/form/error-list";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, inputStyle } from "@/components/ui/input";
import { COMPARISONS } from "@/lib/alerts/schema";
import type { RuleEditorProps } from "./rule-button";
import { SignalOptions } from "./signal-options";
import { RuleTryout } from "./rule-tryout";
import type { RuleValues } from "./rule-values";
import { COMPARISON_WORDS, RULE_LABELS, UNIT_WORDS } from "./words";

type RuleFieldsProps = Pick<RuleEditorProps, "signals" | "channels"> & {
  values: RuleValues;
  errors: Record<string, string[]>;
  isBuiltin: boolean;
  onChange: (values: RuleValues) => void;
};

type Mark = "threshold" | "critical_threshold" | "clear" | "for_seconds" | "critical_for_seconds";

/** Fires when; how bad; what to do; who is told. */
export function RuleFields({ values, errors, signals, channels, isBuiltin, onChange }: RuleFieldsProps) {
  const set = (patch: Partial<RuleValues>) => onChange({ ...values, ...patch });
  const signal = signals.find(({ name }) => name === values.signal);
  const unit = signal ? UNIT_WORDS[signal.unit] : "";
  const compares = values.comparison !== "absent";
  const told = values.channels.split(",").filter(Boolean);

  const field = (name: keyof RuleValues, label: string, control: (id: object) => ReactNode, hint?: string) => (
    <Field id={`rule-${name}`} label={label} error={errors[name]?.[0]} hint={hint}>
      {control}
    </Field>
  );
  const number = (name: Mark, label: string, needed = false) =>
    field(name, label, (control) => (
      <Input
        {...control}
        type="number"
        step="any"
        min={0}
        required={needed}
        value={values[name]}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    ));
  const choice = (name: "signal" | "comparison" | "severity", options: ReactNode, disabled = false) => (
    <select
      id={`rule-${name}`}
      required
      disabled={disabled}
      value={values[name]}
      onChange={(event) => set({ [name]: event.target.value })}
      className={clsx(inputStyle, "h-[30px] touch:h-11")}
    >
      {options}
    </select>
  );

  return (
    <div className="space-y-3.5 px-[22px] py-3.5 max-md:px-4">
      {Object.keys(errors).length > 0 ? (
        <ErrorList title="This does not fit" fields={errors} labels={RULE_LABELS} ids={IDS} />
      ) : null}
      {field("name", "Name", (control) => (
        <Input
          {...control}
          required
          maxLength={120}
          autoFocus
          value={values.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      ))}
      <div className="grid gap-3.5 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]">
        {field("signal", "Fires when", () => choice("signal", <SignalOptions signals={signals} />, isBuiltin))}
        {field("comparison", "Compared", () =>
          choice(
            "comparison",
            COMPARISONS.map((value) => (
              <option key={value} value={value}>
                {COMPARISON_WORDS[value]}
              </option>
            )),
          ),
        )}
        {compares ? number("threshold", unit ? `Limit, ${unit}` : "Limit", true) : null}
        {number("for_seconds", "For, s", true)}
      </div>
      <div className="grid gap-3.5 md:grid-cols-4">
        {field("severity", "Severity", () =>
          choice("severity", [
            <option key="warn" value="warn">
              Warning
            </option>,
            <option key="critical" value="critical">
              Critical
            </option>,
          ]),
        )}
        {compares ? number("critical_threshold", "Critical limit, optional") : null}
        {compares ? number("critical_for_seconds", "Critical after, s, optional") : null}
        {compares ? number("clear", "Clears at, optional") : null}
      </div>
      {compares ? <RuleTryout values={values} /> : null}
      {field("next_step", "Next step shown with the alert", (control) => (
        <Input
          {...control}
          maxLength={500}
          value={values.next_step}
          onChange={(event) => set({ next_step: event.target.value })}
        />
      ))}
      {channels.length > 0 ? (
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="mb-1 text-sm font-medium">
            Tell <span className="font-normal text-text-3">none chosen means every channel</span>
          </legend>
          {channels.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={told.includes(id)}
              onChange={(event) =>
                set({
                  channels: (event.target.checked ? [...told, id] : told.filter((other) => other !== id)).join(","),
                })
              }
            />
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

const IDS = Object.fromEntries(Object.keys(RULE_LABELS).map((name) => [name, `rule-${name}`]));
