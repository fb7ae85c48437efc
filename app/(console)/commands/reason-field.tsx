"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { formatNumber } from "@/components/ui/number";

const MAX = 500;

type ReasonFieldProps = { value: string; onChange: (value: string) => void; required?: boolean; autoFocus?: boolean };

/** Why; it stands in the audit log, so its length is counted while it is typed. */
export function ReasonField({ value, onChange, required = false, autoFocus = false }: ReasonFieldProps) {
  return (
    <Field
      label={
        <>
          Reason
          <span className="float-right font-normal text-text-3">
            {formatNumber(value.length)} / {MAX}
          </span>
        </>
      }
      note={required ? "required, shown in the audit log" : "optional, shown in the audit log"}
    >
      {(control) => (
        <Textarea
          {...control}
          name="reason"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={MAX}
          required={required}
          autoFocus={autoFocus}
        />
      )}
    </Field>
  );
}
