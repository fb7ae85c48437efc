import { instantOf, type FormInput } from "@/components/form/form-field";
import { formatUtc } from "@/components/ui/time-format";
import type { CommandFields } from "../../../commands/use-command";
import type { Target } from "../target";
import type { Values } from "./spec";

/** When something takes effect: now, when the paid period ends, or at a time of its own. */
export function timingInputs({ period_end }: Pick<Target, "period_end">, values: Values, now: string): FormInput[] {
  const at = `${formatUtc(period_end).slice(0, 16)} UTC`;
  return [
    {
      name: "when",
      label: "When",
      type: "radio",
      choices: [
        { value: "now", label: "Now", hint: now },
        { value: "period_end", label: "At period end", hint: `${at}, nothing is prorated` },
        { value: "date", label: "On a date", hint: "choose a day and time" },
      ],
    },
    ...(values["when"] === "date" ? [{ name: "at", label: "On", type: "moment" } satisfies FormInput] : []),
  ];
}

/** Null while a date is wanted and none is given. */
export function timingFields({ when = "now", at = "" }: Values): CommandFields | null {
  if (when !== "date") return { when };
  const instant = instantOf(at);
  return instant === "" ? null : { when, at: instant };
}
