"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FIELD_LABELS } from "../user-words";
import type { Edits } from "./edits";

const INPUTS = [
  { name: "display_name", required: true, maxLength: 200 },
  { name: "email", type: "email", required: true, maxLength: 254 },
  { name: "locale", hint: "A language tag, such as en or pt-BR" },
  { name: "time_zone", hint: "A time zone, such as Europe/Lisbon" },
  { name: "country", hint: "Two letters, such as PT; empty when not known", maxLength: 2 },
] as const;

type EditFieldsProps = { values: Edits; errors: Record<string, string[]>; onChange: (values: Edits) => void };

/** The first step of an edit: what may be changed of a person. */
export function EditFields({ values, errors, onChange }: EditFieldsProps) {
  return (
    <div className="grid gap-3.5 px-[22px] py-3.5 max-md:px-4 md:grid-cols-2">
      {INPUTS.map(({ name, ...input }) => (
        <Field
          key={name}
          id={`edit-${name}`}
          label={FIELD_LABELS[name]}
          hint={"hint" in input ? input.hint : undefined}
          error={errors[name]?.[0]}
        >
          {(control) => (
            <Input
              {...control}
              type={"type" in input ? input.type : "text"}
              required={"required" in input}
              maxLength={"maxLength" in input ? input.maxLength : undefined}
              autoFocus={name === "display_name"}
              autoComplete="off"
              spellCheck={false}
              value={values[name]}
              onChange={(event) => onChange({ ...values, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
