import clsx from "clsx";
import { useId, type ReactNode } from "react";

/** What a control takes from its field to be linked with label, hint and error. */
type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type FieldProps = {
  label: ReactNode;
  /** Beside the label: required, optional, where it is shown. */
  note?: ReactNode;
  hint?: ReactNode;
  /** The first message of this field, or nothing. */
  error?: string | undefined;
  /** Known ids let the list of errors link here. */
  id?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

export function Field({ label, note, hint, error, id, className, children }: FieldProps) {
  const made = useId();
  const own = id ?? made;
  const messages = [error ? `${own}-error` : null, hint ? `${own}-hint` : null].filter(Boolean).join(" ");
  return (
    <div className={clsx("min-w-0", className)}>
      <label htmlFor={own} className="mb-[5px] block text-sm font-medium">
        {label}
        {note ? <span className="font-normal text-text-3"> {note}</span> : null}
      </label>
      {children({ id: own, "aria-describedby": messages || undefined, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p id={`${own}-error`} className="mt-1 text-sm text-bad">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${own}-hint`} className="mt-1 text-sm text-text-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
