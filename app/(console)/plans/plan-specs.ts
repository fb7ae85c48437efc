import type { FormInput } from "@/components/form/form-field";
import { parseAmount } from "@/lib/plans/client";
import { CURRENCIES, PERIODS, type Plan } from "@/lib/plans/schema";
import type { CommandActions } from "../commands/use-command";
import { addPriceDry, addPriceRun, createDry, createRun, editDry, editRun } from "./actions";

export type PlanForm = "create" | "edit" | "price";

export type Values = Record<string, string>;

type Spec = {
  title: (plan: Plan | null) => string;
  confirm: string;
  actions: CommandActions;
  inputs: readonly FormInput[];
  first: (plan: Plan | null) => Values;
  /** What is sent beside the target; null while something is missing. */
  fields: (values: Values, first: Values) => Values | null;
};

const WORDS: readonly FormInput[] = [
  { name: "name", label: "Name", maxLength: 100 },
  { name: "description", label: "Description", note: "optional", maxLength: 1000 },
  { name: "features", label: "Features", type: "area", note: "one a line", maxLength: 6000 },
  { name: "position", label: "Position", type: "number", min: 0, max: 10_000, hint: "Smaller ones stand first." },
];

const PERIOD_LABELS = { month: "Months", year: "Years" };

export const SPECS: Record<PlanForm, Spec> = {
  create: {
    title: () => "New plan",
    confirm: "Make plan",
    actions: { run: createRun, dryRun: createDry },
    inputs: [
      { name: "code", label: "Code", maxLength: 50, hint: "Such as business-2026; programs know the plan by it." },
      ...WORDS,
    ],
    first: () => ({ code: "", name: "", description: "", features: "", position: "0" }),
    fields: (values) => (values["code"] && values["name"] ? values : null),
  },
  edit: {
    title: (plan) => `Edit ${plan?.name ?? "plan"}`,
    confirm: "Save plan",
    actions: { run: editRun, dryRun: editDry },
    inputs: WORDS,
    first: (plan) => ({
      name: plan?.name ?? "",
      description: plan?.description ?? "",
      features: plan?.features.join("\n") ?? "",
      position: String(plan?.position ?? 0),
    }),
    fields(values, first) {
      const changed = Object.entries(values).filter(([name, value]) => value !== first[name]);
      return changed.length > 0 && values["name"] ? Object.fromEntries(changed) : null;
    },
  },
  price: {
    title: (plan) => `Add a price to ${plan?.name ?? "the plan"}`,
    confirm: "Add price",
    actions: { run: addPriceRun, dryRun: addPriceDry },
    inputs: [
      { name: "currency", label: "Currency", choices: CURRENCIES.map((code) => ({ value: code, label: code })) },
      { name: "amount", label: "Amount", type: "amount", unit: "for one seat and period", hint: "Such as 49.00" },
      { name: "period_count", label: "Charged every", type: "number", min: 1, max: 36 },
      { name: "period", label: "Period", choices: PERIODS.map((value) => ({ value, label: PERIOD_LABELS[value] })) },
      { name: "trial_days", label: "Days of trial", type: "number", min: 0, max: 365 },
    ],
    first: () => ({ currency: "USD", amount: "", period_count: "1", period: "month", trial_days: "0" }),
    fields({ amount = "", ...values }) {
      const currency = CURRENCIES.find((code) => code === values["currency"]);
      const minor = currency ? parseAmount(amount, currency) : null;
      return minor === null ? null : { ...values, amount_minor: String(minor) };
    },
  },
};
