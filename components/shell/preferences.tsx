"use client";

import { Checkbox, Radio } from "../ui/checkbox";
import { savePreference, usePreference } from "./preference-store";

const THEMES = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

const DENSITIES = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
] as const;

type ChoiceProps = { name: "theme" | "density"; legend: string; options: readonly (readonly [string, string])[] };

export function Preferences() {
  return (
    <>
      <Choice name="theme" legend="Theme" options={THEMES} />
      <Choice name="density" legend="Rows" options={DENSITIES} />
    </>
  );
}

function Choice({ name, legend, options }: ChoiceProps) {
  const value = usePreference(name);
  return (
    <fieldset className="px-2 py-1">
      <legend className="text-xs text-text-3">{legend}</legend>
      <div className="flex gap-3">
        {options.map(([option, label]) => (
          <Radio
            key={option}
            name={name}
            label={label}
            checked={value === option}
            onChange={() => savePreference(name, option)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** WCAG 2.1.4: shortcuts of a single letter can be switched off. */
export function KeysSwitch() {
  const keys = usePreference("keys");
  return (
    <Checkbox
      label="Single-letter shortcuts"
      checked={keys !== "off"}
      onChange={(event) => savePreference("keys", event.target.checked ? "on" : "off")}
    />
  );
}
