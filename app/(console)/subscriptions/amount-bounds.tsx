"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, inputStyle } from "@/components/ui/input";
import { amountText, parseAmount } from "@/lib/plans/client";
import { CURRENCIES, type Currency } from "@/lib/plans/schema";

type AmountBoundsProps = {
  /** One currency, several with commas, or none. */
  currency: string;
  min: string | undefined;
  max: string | undefined;
};

/** A currency, and amounts in it as people write them; the form sends smallest units, for that is what the URL says. */
export function AmountBounds({ currency: given, min, max }: AmountBoundsProps) {
  const [currency, setCurrency] = useState(given);
  const one = CURRENCIES.find((code) => code === currency);
  return (
    <div className="grid grid-cols-3 gap-2 py-1.5">
      <Field label="Currency">
        {(control) => (
          <select
            {...control}
            name="currency"
            value={currency}
            onChange={(event) => setCurrency(event.target.value)}
            className={`${inputStyle} h-[30px] touch:h-11`}
          >
            <option value="">Any</option>
            {given.includes(",") ? <option value={given}>{given.replaceAll(",", ", ")}</option> : null}
            {CURRENCIES.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        )}
      </Field>
      <Bound key={`min-${currency}`} label="MRR from" name="monthly_min_minor" minor={min} currency={one} />
      <Bound key={`max-${currency}`} label="Up to" name="monthly_max_minor" minor={max} currency={one} />
    </div>
  );
}

type BoundProps = { label: string; name: string; minor: string | undefined; currency: Currency | undefined };

function Bound({ label, name, minor, currency }: BoundProps) {
  const [typed, setTyped] = useState(currency && minor ? amountText(Number(minor), currency) : "");
  const parsed = currency ? parseAmount(typed, currency) : null;
  return (
    <Field label={label} error={typed !== "" && currency && parsed === null ? "is no amount" : undefined}>
      {(control) => (
        <>
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            disabled={!currency}
            title={currency ? undefined : "Choose a currency first"}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {parsed === null ? null : <input type="hidden" name={name} value={parsed} />}
        </>
      )}
    </Field>
  );
}
