import { Ban, CalendarCheck, CirclePause, CirclePlay, Gift, Hourglass, Undo2 } from "lucide-react";
import { withAmount } from "../../../commands/words";
import {
  cancelDry,
  cancelRun,
  compDry,
  compRun,
  dropChangeDry,
  dropChangeRun,
  extendTrialDry,
  extendTrialRun,
  keepDry,
  keepRun,
  pauseCollectionDry,
  pauseCollectionRun,
  pauseDry,
  pauseRun,
  resumeDry,
  resumeRun,
} from "../../actions";
import { amountInput, minorField, momentField, type Spec } from "./spec";
import { timingFields, timingInputs } from "./timing";

const SERVICE = { run: pauseRun, dryRun: pauseDry };
const COLLECTION = { run: pauseCollectionRun, dryRun: pauseCollectionDry };

const pause: Spec = {
  title: ({ name }) => `Pause ${name}`,
  description: "The service stops with its payments, or it goes on and only the payments rest.",
  actions: ({ what }) => (what === "collection" ? COLLECTION : SERVICE),
  initial: () => ({ what: "service", behavior: "keep" }),
  inputs: (_target, { what }) => [
    {
      name: "what",
      label: "What rests",
      type: "radio",
      choices: [
        { value: "service", label: "The service", hint: "nothing is charged, the time that was paid is kept" },
        { value: "collection", label: "Only collection", hint: "the service goes on" },
      ],
    },
    ...(what === "collection" ? [BEHAVIOR] : []),
    { name: "resume_at", label: "Resumes", type: "moment", note: "optional; without it someone has to resume it" },
  ],
  fields: (_target, { what, behavior = "keep", resume_at }) => ({
    ...(what === "collection" ? { behavior } : {}),
    ...momentField("resume_at", resume_at),
  }),
  confirm: (_preview, { what }) => (what === "collection" ? "Pause collection" : "Pause service"),
  pending: "Pausing…",
  icon: <CirclePause size={14} aria-hidden />,
  reason: "required",
  saved: "Paused",
};

const BEHAVIOR = {
  name: "behavior",
  label: "Charges of that time",
  type: "radio" as const,
  choices: [
    { value: "keep", label: "Stay open", hint: "to be paid later" },
    { value: "void", label: "Are not made", hint: "each is taken back at once" },
    { value: "uncollectible", label: "Are written off", hint: "as bad debt" },
  ],
};

const resume: Spec = {
  title: ({ name }) => `Resume ${name}`,
  description: "The time the service was paused is added to the period that was paid.",
  actions: { run: resumeRun, dryRun: resumeDry },
  confirm: "Resume",
  pending: "Resuming…",
  icon: <CirclePlay size={14} aria-hidden />,
  reason: "optional",
  saved: "Resumed",
};

const cancel: Spec = {
  title: ({ name }) => `Cancel ${name}`,
  description: "What was charged and not paid stays due; it can be written off.",
  actions: { run: cancelRun, dryRun: cancelDry },
  initial: () => ({ when: "period_end", refund: "none" }),
  inputs: (target, values) => [
    ...timingInputs(target, values, "the service ends at once"),
    ...(values["when"] === "now" ? [REFUND] : []),
    ...(values["when"] === "now" && values["refund"] === "amount"
      ? [amountInput(target, "refund_minor", "Amount to give back")]
      : []),
  ],
  fields(target, values) {
    const timing = timingFields(values);
    if (timing === null || values["when"] !== "now") return timing;
    const { refund = "none" } = values;
    if (refund !== "amount") return { ...timing, refund };
    const refund_minor = minorField(target, values["refund_minor"]);
    return refund_minor === null ? null : { ...timing, refund, refund_minor };
  },
  confirm: (preview) => withAmount("Cancel subscription", preview),
  pending: "Cancelling…",
  icon: <Ban size={14} aria-hidden />,
  danger: true,
  reason: "required",
  saved: "Cancelled",
};

const REFUND = {
  name: "refund",
  label: "Refund",
  type: "radio" as const,
  choices: [
    { value: "none", label: "None" },
    { value: "prorated", label: "What is not used", hint: "of the running period, by the second" },
    { value: "full", label: "The whole period", hint: "all that was paid for the running one" },
    { value: "amount", label: "An amount", hint: "of the payments, newest first" },
  ],
  hint: "Of a period, what is still open is taken off first. What was paid goes back to the payments, newest first; what was paid from credit becomes credit again.",
};

const keep: Spec = {
  title: ({ name }) => `Keep ${name}`,
  description: "The cancelation that was planned is taken back; it renews as before.",
  actions: { run: keepRun, dryRun: keepDry },
  confirm: "Keep subscription",
  pending: "Keeping…",
  icon: <CalendarCheck size={14} aria-hidden />,
  reason: "optional",
  saved: "The subscription stays",
};

const dropChange: Spec = {
  title: ({ name }) => `Take back the planned change of ${name}`,
  description: "It renews with the plan, price and quantity of now.",
  actions: { run: dropChangeRun, dryRun: dropChangeDry },
  confirm: "Take change back",
  pending: "Taking back…",
  icon: <Undo2 size={14} aria-hidden />,
  reason: "optional",
  saved: "The planned change is taken back",
};

const extendTrial: Spec = {
  title: ({ name }) => `Extend the trial of ${name}`,
  description: "The first charge comes later by as many days.",
  actions: { run: extendTrialRun, dryRun: extendTrialDry },
  initial: () => ({ days: "7" }),
  inputs: () => [{ name: "days", label: "Days", type: "number", min: 1, max: 90, note: "1 to 90" }],
  fields: (_target, { days = "" }) => (days === "" ? null : { days }),
  confirm: "Extend trial",
  pending: "Extending…",
  icon: <Hourglass size={14} aria-hidden />,
  reason: "required",
  saved: "The trial is longer",
};

const comp: Spec = {
  title: ({ name, comped }) => (comped ? `Charge for ${name} again` : `Give ${name} free of charge`),
  description: "From the next charge on. What was charged stays charged.",
  actions: { run: compRun, dryRun: compDry },
  fields: ({ comped }) => ({ comped: String(!comped) }),
  confirm: "Save from the next charge on",
  pending: "Saving…",
  icon: <Gift size={14} aria-hidden />,
  reason: "required",
  saved: "Saved",
};

export const LIFE_SPECS = { pause, resume, cancel, keep, "drop-change": dropChange, "extend-trial": extendTrial, comp };
