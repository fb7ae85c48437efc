"use client";

import { useEffect, useRef, useState, useTransition, type FormEvent } from "react";
import type { Preview, Saved } from "@/lib/core/operation";
import type { PreviewState, State } from "@/lib/next/action";
import type { Failure } from "@/lib/next/failure";
import { requestChange } from "./actions";
import { freshPreview, NO_ANSWER } from "./words";

export type CommandActions = {
  run: (state: null, form: FormData) => Promise<State<Saved>>;
  dryRun: (form: FormData) => Promise<PreviewState>;
};

/** Fields that the preview depends on; a reason is not one of them. */
export type CommandFields = Record<string, string>;

type Asked<T> = { of: string; answer: T };

type Options = {
  /** Whoever confirms is the second person: what needs one is carried out, not asked for. */
  decides: boolean;
  onSaved: (saved: Saved) => void;
};

/** Typing pauses so long before the next dry run. */
const PAUSE_MS = 250;

/**
 * A dry run as soon as it is shown and whenever its fields change; then the run itself, held to that preview, or, over
 * the limit, the request for a second person. Without fields, for something is missing yet, nothing is asked.
 */
export function useCommand(
  { run, dryRun }: CommandActions,
  fields: CommandFields | null,
  { decides, onSaved }: Options,
) {
  const [key] = useState(() => crypto.randomUUID());
  const [dry, setDry] = useState<Asked<PreviewState> | null>(null);
  const [refusal, setRefusal] = useState<Asked<Failure> | null>(null);
  const [requested, setRequested] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const begun = useRef(false);
  const of = fields === null ? null : JSON.stringify(fields);

  useEffect(() => {
    if (of === null) return;
    let wanted = true;
    const ask = () =>
      dryRun(formOf(JSON.parse(of)))
        .catch((): PreviewState => ({ ok: false, failure: NO_ANSWER }))
        .then((answer) => wanted && setDry({ of, answer }));
    const timer = setTimeout(ask, begun.current ? PAUSE_MS : 0);
    begun.current = true;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [of, dryRun]);

  const preview = dry !== null && dry.of === of ? dry.answer : null;
  const failure = refusal !== null && refusal.of === of ? refusal.answer : null;
  const held: Preview | null = freshPreview(failure) ?? (preview?.ok ? preview.preview : null);
  const refused = failure ?? (preview?.ok === false ? preview.failure : null);
  const last = dry?.answer.ok && of !== null && !refused ? dry.answer.preview : null;

  const asks = !decides && preview?.ok && held?.approval ? (preview.action ?? null) : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (of === null) return;
    // What was tried out and why, and no input of the form that only decides what is sent.
    const form = formOf(JSON.parse(of));
    const reason = new FormData(event.currentTarget).get("reason");
    if (reason !== null) form.set("reason", reason);
    form.set("_key", key);
    form.set("_plan", held?.plan ?? "");
    if (asks) form.set("_action", asks);
    startTransition(async () => {
      const sent = asks ? requestChange(null, form) : run(null, form);
      const state = await sent.catch((): State<Saved> => ({ ok: false, failure: NO_ANSWER }));
      if (state?.ok && asks) {
        setRequested(state.saved.id);
      } else if (state?.ok) {
        onSaved(state.saved);
      } else if (state) {
        setRefusal({ of, answer: state.failure });
      }
    });
  }

  return {
    /** Of these fields; only this one can be confirmed. */
    preview: held,
    /** What can be shown while a newer one is on its way. */
    shown: held ?? last,
    failure: refused,
    pending,
    submit,
    asks: asks !== null,
    requested,
  };
}

function formOf(fields: CommandFields): FormData {
  const form = new FormData();
  Object.entries(fields).forEach(([name, value]) => form.set(name, value));
  return form;
}
