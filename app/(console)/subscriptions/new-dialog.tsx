"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { CreditCard } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormField, type FormInput } from "@/components/form/form-field";
import { CommandDialog } from "../commands/command-dialog";
import { ReasonField } from "../commands/reason-field";
import { announce } from "../commands/undo-toast";
import { withAmount } from "../commands/words";
import { createDry, createRun } from "./actions";
import type { Sold } from "./new-button";
import { PersonPicker, type Picked } from "./person-picker";

const ACTIONS = { run: createRun, dryRun: createDry };

const INPUTS: readonly FormInput[] = [
  { name: "quantity", label: "Seats", type: "number", min: 1, max: 10_000 },
  { name: "trial_days", label: "Days of trial", type: "number", note: "empty: as the price says", min: 0, max: 365 },
  { name: "payment_method", label: "Pays with", note: "optional", maxLength: 50, placeholder: "Invoice, 14 days" },
];

const LABELS = {
  user_id: "Customer",
  price_id: "Price",
  ...Object.fromEntries(INPUTS.map((input) => [input.name, input.label])),
};

/** Who, what and how many; what it charges stands beside the fields while they are filled in. */
export default function NewDialog({ sold, onClose }: { sold: readonly Sold[]; onClose: () => void }) {
  const router = useRouter();
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }));
  const [person, setPerson] = useState<Picked | null>(null);
  const [values, setValues] = useState<Record<string, string>>({ price_id: sold[0]?.value ?? "", quantity: "1" });
  const [reason, setReason] = useState("");
  const set = (name: string) => (value: string) => setValues({ ...values, [name]: value });
  return (
    <CommandDialog
      title="New subscription"
      actions={ACTIONS}
      fields={person && values["price_id"] && values["quantity"] ? { user_id: person.id, ...values } : null}
      confirm={{
        label: (preview) => withAmount("Subscribe", preview),
        pending: "Subscribing…",
        icon: <CreditCard size={14} aria-hidden />,
      }}
      labels={LABELS}
      ready={reason.trim() !== ""}
      inputs={
        <>
          <QueryClientProvider client={client}>
            <PersonPicker picked={person} onPick={setPerson} />
          </QueryClientProvider>
          <FormField
            input={{ name: "price_id", label: "Plan and price", choices: sold }}
            value={values["price_id"] ?? ""}
            onChange={set("price_id")}
          />
          {INPUTS.map((input) => (
            <FormField key={input.name} input={input} value={values[input.name] ?? ""} onChange={set(input.name)} />
          ))}
        </>
      }
      onSaved={(saved) => {
        announce(`${person?.name ?? "A customer"} subscribed`, saved, "The ledger and the audit log have it.");
        router.push(`/subscriptions/${saved.id}`);
        onClose();
      }}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} required />
    </CommandDialog>
  );
}
