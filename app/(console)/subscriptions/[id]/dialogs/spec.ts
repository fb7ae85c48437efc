import type { ReactNode } from "react";
import { instantOf, type FormInput } from "@/components/form/form-field";
import { formatMoney } from "@/components/ui/money";
import { amountText, parseAmount } from "@/lib/plans/client";
import type { Preview } from "@/lib/core/operation";
import type { CommandActions, CommandFields } from "../../../commands/use-command";
import type { About, Target } from "../target";

export type Values = Record<string, string>;

/** One command as a dialog: what is asked, what is sent, what the button says. */
export type Spec = {
  title: (target: Target) => string;
  description: string;
  actions: CommandActions | ((values: Values) => CommandActions);
  initial?: (target: Target, about: About | null) => Values;
  inputs?: (target: Target, values: Values) => FormInput[];
  /** Beside id and version; null while something is missing. */
  fields?: (target: Target, values: Values, about: About | null) => CommandFields | null;
  confirm: string | ((preview: Preview | null, values: Values) => string);
  pending: string;
  icon: ReactNode;
  danger?: boolean;
  reason: "required" | "optional";
  saved: string;
  /** Under the toast's title. */
  then?: string;
};

/** An amount field that begins with what is open. */
export const amountOf = (target: Target, about: About | null) =>
  about ? amountText(about.minor, target.currency) : "";

/** What was typed as smallest units; null while it is no amount. */
export function minorField(target: Target, typed: string | undefined): string | null {
  const minor = parseAmount(typed ?? "", target.currency);
  return minor === null ? null : String(minor);
}

export const amountInput = (target: Target, name: string, label: string): FormInput => ({
  name,
  label,
  type: "amount",
  unit: target.currency,
});

/** A time that may be left out. */
export function momentField(name: string, local: string | undefined): CommandFields {
  const at = instantOf(local ?? "");
  return at === "" ? {} : { [name]: at };
}

/** "Refund $294.00": what the preview says is given away. */
export function named(verb: string, preview: Preview | null): string {
  const [money] = preview?.money ?? [];
  return money && money.due_minor !== 0 ? `${verb} ${formatMoney(Math.abs(money.due_minor), money.currency)}` : verb;
}
