"use client";

import { ArrowUpRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton, onlyWithModifier } from "../../commands/dialog-parts";
import { FailureNote } from "../../commands/failure-note";
import { ReasonField } from "../../commands/reason-field";
import { announce } from "../../commands/undo-toast";
import { useCommand, type CommandFields } from "../../commands/use-command";
import { withAmount } from "../../commands/words";
import { changePlanDry, changePlanRun, changeQuantityDry, changeQuantityRun } from "../actions";
import { ChangeFields, type Offer } from "./change-fields";
import { Effect, PanelHead } from "./change-parts";
import type { Values } from "./dialogs/spec";
import { timingFields } from "./dialogs/timing";
import type { Target } from "./target";
import { FIELD_WORDS } from "./words";

const PLAN = { run: changePlanRun, dryRun: changePlanDry };
const QUANTITY = { run: changeQuantityRun, dryRun: changeQuantityDry };

type ChangePanelProps = {
  target: Target;
  now: Offer & { quantity: number };
  offers: readonly Offer[];
  /** The page without the panel. */
  closeHref: string;
};

/** Another plan, price or quantity: what it does to the money stands beside the ledger while it is chosen. */
export function ChangePanel({ target, now, offers, closeHref }: ChangePanelProps) {
  const router = useRouter();
  const [version, setVersion] = useState(target.version);
  const [reason, setReason] = useState("");
  const [values, setValues] = useState<Values>({
    price_id: now.price_id,
    quantity: String(now.quantity),
    when: "now",
  });
  const isPlan = values["price_id"] !== now.price_id;
  const fields = fieldsOf({ ...target, version }, now, values);
  const close = () => router.replace(closeHref, { scroll: false });
  const { preview, shown, failure, pending, submit, asks } = useCommand(isPlan ? PLAN : QUANTITY, fields, {
    decides: false,
    onSaved: (saved) => {
      announce(isPlan ? "Plan changed" : "Quantity changed", saved, "The ledger and the audit log have it.");
      close();
    },
  });
  return (
    <form
      aria-label="Change plan"
      onSubmit={submit}
      onKeyDown={onlyWithModifier}
      aria-busy={pending}
      className="min-w-0 rounded-lg border bg-raised shadow-md"
    >
      <PanelHead {...{ preview, closeHref }} />
      <div className="grid gap-3.5 p-3.5">
        <ChangeFields
          {...{ now, offers, values }}
          currency={target.currency}
          period_end={target.period_end}
          onChange={setValues}
        />
        {shown ? <Effect preview={shown} isOld={preview === null} /> : null}
        {!shown && !failure ? (
          <p role="status" className="border-t pt-3 text-text-2">
            {fields ? "Trying it on live data, rolled back…" : "Choose another price or quantity to see what it does."}
          </p>
        ) : null}
        {failure ? (
          <FailureNote
            failure={failure}
            labels={FIELD_WORDS}
            onRebase={(current) => setVersion(Number(current["version"]))}
          />
        ) : null}
        <ReasonField value={reason} onChange={setReason} required />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <ConfirmButton
            {...{ preview, pending, asks }}
            confirm={{
              label: withAmount(isPlan ? "Change plan" : "Change quantity", preview),
              pending: "Changing…",
              icon: <ArrowUpRight size={14} aria-hidden />,
            }}
            disabled={!preview || reason.trim() === "" || preview.will === 0}
          />
        </div>
      </div>
    </form>
  );
}

/** Null while nothing differs or something is missing. */
function fieldsOf({ id, version }: Target, now: ChangePanelProps["now"], values: Values): CommandFields | null {
  const { price_id = "", quantity = "" } = values;
  const timing = timingFields(values);
  const isSame = price_id === now.price_id && quantity === String(now.quantity);
  if (timing === null || quantity === "" || isSame) return null;
  const fields: CommandFields = { id, version: String(version), quantity, ...timing };
  return price_id === now.price_id ? fields : { ...fields, price_id };
}
