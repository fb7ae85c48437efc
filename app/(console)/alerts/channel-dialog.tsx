"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { FieldDiff } from "@/components/form/field-diff";
import { CommandDialog } from "../commands/command-dialog";
import { announce } from "../commands/undo-toast";
import { RemedyFields } from "../health/frame/remedy-fields";
import { createChannelDry, createChannelRun, editChannelDry, editChannelRun } from "./actions";
import type { ChannelEditorProps } from "./channel-button";
import { SecretNote } from "./secret-note";

const CREATE = { run: createChannelRun, dryRun: createChannelDry };
const EDIT = { run: editChannelRun, dryRun: editChannelDry };

const TITLES = { create: "New channel", edit: "Edit channel", secret: "New signing secret" };

/** The secret is made here: the console keeps it sealed and never gives it out, so this is the only time it is seen. */
export default function ChannelDialog({ mode, channel, mail, onClose }: ChannelEditorProps & { onClose: () => void }) {
  const [id] = useState(() => channel?.id ?? crypto.randomUUID());
  const [secret] = useState(newSecret);
  const [typed, setTyped] = useState<Record<string, string>>({
    kind: channel?.kind ?? "webhook",
    name: channel?.name ?? "",
    address: "",
  });
  const [step, setStep] = useState<"fields" | "preview">(mode === "secret" ? "preview" : "fields");
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const isWebhook = typed.kind === "webhook";
  const title = channel ? `${TITLES[mode]}: ${channel.name}` : TITLES[mode];
  const showsSecret = mode === "secret" || (mode === "create" && isWebhook);

  if (step === "fields") {
    return (
      <RemedyFields
        title={title}
        description={channel ? `Now ${channel.address}. An address left empty stays as it is.` : undefined}
        inputs={inputsOf(mode, mail, isWebhook)}
        values={typed}
        errors={errors}
        onChange={setTyped}
        onNext={() => setStep("preview")}
        onClose={onClose}
      />
    );
  }
  const { name = "", address = "", kind = "webhook" } = typed;
  const target = { id, ...(channel ? { version: String(channel.version) } : {}) };
  const fields = {
    create: { ...target, kind, name, address, ...(isWebhook ? { secret } : {}) },
    edit: { ...target, name, ...(address ? { address } : {}) },
    secret: { ...target, secret },
  }[mode];
  return (
    <CommandDialog
      title={title}
      actions={mode === "create" ? CREATE : EDIT}
      fields={fields}
      confirm={{ label: "Save channel", pending: "Saving…", icon: <Send size={14} aria-hidden /> }}
      focusCancel
      diff={({ diffs: [diff] }) =>
        diff ? <FieldDiff caption="What changes" before={diff.before} after={diff.after} /> : null
      }
      onBack={
        mode === "secret"
          ? undefined
          : (failure) => {
              setErrors(failure?.fields ?? {});
              setStep("fields");
            }
      }
      onSaved={(saved) => {
        announce(`Channel ${name} saved`, saved, "Send a test to see whether it arrives.");
        onClose();
      }}
      onClose={onClose}
    >
      {showsSecret ? <SecretNote secret={secret} /> : null}
    </CommandDialog>
  );
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function inputsOf(mode: ChannelEditorProps["mode"], mail: boolean, isWebhook: boolean) {
  const kinds = [
    { value: "webhook", label: "Webhook, signed" },
    ...(mail ? [{ value: "email", label: "E-mail" }] : []),
  ];
  return [
    ...(mode === "create" ? [{ name: "kind", label: "Kind", choices: kinds }] : []),
    { name: "name", label: "Name", placeholder: "ops-pager" },
    {
      name: "address",
      label: isWebhook ? "Address" : "E-mail address",
      placeholder: isWebhook ? "https://pager.example.com/hook" : "ops@example.com",
    },
  ];
}
