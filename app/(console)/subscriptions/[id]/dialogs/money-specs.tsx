import { Coins, FileX, HandCoins, RefreshCw, Undo2 } from "lucide-react";
import {
  addCreditDry,
  addCreditRun,
  recordPaymentDry,
  recordPaymentRun,
  refundPaymentDry,
  refundPaymentRun,
  retryPaymentDry,
  retryPaymentRun,
  takeBackCreditDry,
  takeBackCreditRun,
  writeOffDry,
  writeOffRun,
} from "../../actions";
import type { About } from "../target";
import { amountInput, amountOf, minorField, named, type Spec } from "./spec";

/** What the command is about; without it there is nothing to ask. */
const aboutField = (about: About | null) => (about ? { transaction: about.transaction } : null);

const addCredit: Spec = {
  title: ({ name }) => `Add credit for ${name}`,
  description: "The next charges are paid from it first. It belongs to the customer, in this currency.",
  actions: { run: addCreditRun, dryRun: addCreditDry },
  inputs: (target) => [amountInput(target, "amount_minor", "Amount")],
  fields(target, values) {
    const amount_minor = minorField(target, values["amount_minor"]);
    return amount_minor === null ? null : { amount_minor };
  },
  confirm: (preview) => named("Add credit of", preview),
  pending: "Adding…",
  icon: <Coins size={14} aria-hidden />,
  reason: "required",
  saved: "Credit added",
};

const takeBackCredit: Spec = {
  title: () => "Take credit back",
  description: "All of it, and only while nothing of it was used.",
  actions: { run: takeBackCreditRun, dryRun: takeBackCreditDry },
  fields: (_target, _values, about) => aboutField(about),
  confirm: (preview) => named("Take back", preview),
  pending: "Taking back…",
  icon: <Undo2 size={14} aria-hidden />,
  reason: "optional",
  saved: "Credit taken back",
};

const recordPayment: Spec = {
  title: ({ name }) => `Record a payment for ${name}`,
  description: "Of money that came in outside of any processor.",
  actions: { run: recordPaymentRun, dryRun: recordPaymentDry },
  initial: (target, about) => ({ amount_minor: amountOf(target, about), payment_method: "Bank transfer" }),
  inputs: (target) => [
    amountInput(target, "amount_minor", "Amount"),
    { name: "payment_method", label: "Paid by", maxLength: 50 },
    {
      name: "transaction_id",
      label: "Number",
      maxLength: 100,
      hint: "As on the bank statement; each is recorded once.",
    },
  ],
  fields(target, { amount_minor: typed, payment_method = "", transaction_id = "" }, about) {
    const [charge, amount_minor] = [aboutField(about), minorField(target, typed)];
    const isWhole = charge && amount_minor !== null && payment_method.trim() !== "" && transaction_id.trim() !== "";
    return isWhole ? { ...charge, amount_minor, payment_method, transaction_id } : null;
  },
  confirm: "Record payment",
  pending: "Recording…",
  icon: <HandCoins size={14} aria-hidden />,
  reason: "optional",
  saved: "Payment recorded",
};

const refundPayment: Spec = {
  title: ({ name }) => `Refund a payment for ${name}`,
  description: "The money goes back the way it came. A refund cannot be undone.",
  actions: { run: refundPaymentRun, dryRun: refundPaymentDry },
  initial: (target, about) => ({ amount_minor: amountOf(target, about) }),
  inputs: (target) => [amountInput(target, "amount_minor", "Amount to give back")],
  fields(target, values, about) {
    const [payment, amount_minor] = [aboutField(about), minorField(target, values["amount_minor"])];
    return payment && amount_minor !== null ? { ...payment, amount_minor } : null;
  },
  confirm: (preview) => named("Refund", preview),
  pending: "Refunding…",
  icon: <Undo2 size={14} aria-hidden />,
  danger: true,
  reason: "required",
  saved: "Refunded",
};

const retryPayment: Spec = {
  title: ({ name }) => `Collect again for ${name}`,
  description: "The processor is asked once more for what is open of this charge.",
  actions: { run: retryPaymentRun, dryRun: retryPaymentDry },
  fields: (_target, _values, about) => aboutField(about),
  confirm: (preview) => named("Collect", preview),
  pending: "Asking…",
  icon: <RefreshCw size={14} aria-hidden />,
  reason: "optional",
  saved: "The processor is asked",
  then: "Its answer appears here within seconds.",
};

const writeOff: Spec = {
  title: ({ name }) => `Write off what ${name} owes`,
  description: "What is open of this charge is given up as bad debt. That cannot be undone.",
  actions: { run: writeOffRun, dryRun: writeOffDry },
  fields: (_target, _values, about) => aboutField(about),
  confirm: "Write off",
  pending: "Writing off…",
  icon: <FileX size={14} aria-hidden />,
  danger: true,
  reason: "required",
  saved: "Written off",
};

export const MONEY_SPECS = {
  "add-credit": addCredit,
  "take-back-credit": takeBackCredit,
  "record-payment": recordPayment,
  "refund-payment": refundPayment,
  "retry-payment": retryPayment,
  "write-off": writeOff,
};
