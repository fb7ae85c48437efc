import { ArrowRight } from "lucide-react";
import { FormField } from "@/components/form/form-field";
import { formatMoney } from "@/components/ui/money";
import type { Currency } from "@/lib/plans/schema";
import { timingInputs } from "./dialogs/timing";
import type { Values } from "./dialogs/spec";

/** A price that may be chosen, in the currency of the subscription. */
export type Offer = { price_id: string; plan: string; amount_minor: number; cycle: string };

type ChangeFieldsProps = {
  now: Offer & { quantity: number };
  offers: readonly Offer[];
  currency: Currency;
  period_end: string;
  values: Values;
  onChange: (values: Values) => void;
};

/** From what, to what, how many and when. */
export function ChangeFields({ now, offers, currency, period_end, values, onChange }: ChangeFieldsProps) {
  const set = (name: string) => (value: string) => onChange({ ...values, [name]: value });
  const text = ({ plan, amount_minor, cycle }: Offer) => `${plan}, ${formatMoney(amount_minor, currency)} ${cycle}`;
  return (
    <div className="grid gap-3.5">
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1.3fr)] items-center gap-2.5">
        <div className="rounded-[9px] border bg-sunken px-3 py-2">
          <p className="text-sm text-text-3">From</p>
          <p className="truncate font-semibold">{now.plan}</p>
          <p className="text-sm text-text-2">
            {now.quantity} × {formatMoney(now.amount_minor, currency)} {now.cycle}
          </p>
        </div>
        <ArrowRight size={14} aria-hidden className="text-text-3" />
        <div className="grid gap-2">
          <FormField
            input={{
              name: "price_id",
              label: "To",
              choices: [now, ...offers.filter(({ price_id }) => price_id !== now.price_id)].map((offer) => ({
                value: offer.price_id,
                label: text(offer),
              })),
            }}
            value={values["price_id"] ?? ""}
            autoFocus
            onChange={set("price_id")}
          />
          <FormField
            input={{ name: "quantity", label: "Quantity", type: "number", min: 1, max: 10_000 }}
            value={values["quantity"] ?? ""}
            onChange={set("quantity")}
          />
        </div>
      </div>
      {timingInputs({ period_end }, values, "the difference is charged today").map((input) => (
        <FormField key={input.name} input={input} value={values[input.name] ?? ""} onChange={set(input.name)} />
      ))}
    </div>
  );
}
