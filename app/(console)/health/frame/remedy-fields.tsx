"use client";

import { ArrowRight } from "lucide-react";
import type { FormEvent } from "react";
import { ErrorList } from "@/components/form/error-list";
import { FormField } from "@/components/form/form-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import type { RemedyInput } from "./remedy-button";

type Values = Record<string, string>;

type RemedyFieldsProps = {
  title: string;
  description: string | undefined;
  inputs: readonly RemedyInput[];
  values: Values;
  errors: Record<string, string[]>;
  onChange: (values: Values) => void;
  onNext: () => void;
  onClose: () => void;
};

/** What has to be typed first; the preview follows. */
export function RemedyFields({
  title,
  description,
  inputs,
  values,
  errors,
  onChange,
  onNext,
  onClose,
}: RemedyFieldsProps) {
  const labels = Object.fromEntries(inputs.map(({ name, label }) => [name, label]));
  const next = (event: FormEvent) => {
    event.preventDefault();
    onNext();
  };
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form onSubmit={next} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <div className="space-y-3 px-[22px] py-3.5 max-md:px-4">
            {Object.keys(errors).length > 0 ? (
              <ErrorList title="This does not fit" fields={errors} labels={labels} />
            ) : null}
            {inputs.map((input) => (
              <FormField
                key={input.name}
                input={input}
                value={values[input.name] ?? ""}
                onChange={(value) => onChange({ ...values, [input.name]: value })}
              />
            ))}
          </div>
        </DialogBody>
        <DialogFooter note="Nothing is done before you have seen what it touches.">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Preview
            <ArrowRight size={14} aria-hidden />
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
