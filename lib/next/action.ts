import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import type { Context, In, Mutation, Out, Preview, Saved } from "@/lib/core/operation";
import { execute, preview } from "@/lib/core/run";
import { previewUndo, undo } from "@/lib/core/undo";
import { currentContext, currentRequestId } from "./context";
import { toFailure, type Failure } from "./failure";
import { readForm } from "./form";
import { assertSameOrigin } from "./origin";
import { stores } from "./stores";

export type State<T> = null | { ok: true; saved: T } | { ok: false; failure: Failure };

export type PreviewState = { ok: true; preview: Preview } | { ok: false; failure: Failure };

/** A server action of a command, for a form: fields by name, `_plan` of the confirmed preview, `_key` against repeats. */
export function action<C extends Mutation>(command: C) {
  return (_state: State<Out<C>>, form: FormData): Promise<State<Out<C>>> =>
    saved(async (ctx) => {
      const { input, options } = readForm(form, command.input);
      return execute(command, unparsed<C>(input), ctx, stores(), options);
    });
}

/** What the same form would do. */
export function dryRun<C extends Mutation>(command: C) {
  return (form: FormData): Promise<PreviewState> =>
    previewed((ctx) => preview(command, unparsed<C>(readForm(form, command.input).input), ctx, stores()));
}

/** Takes a change back; the form holds the undo record's id as `record`. */
export function undoAction(_state: State<Saved>, form: FormData): Promise<State<Saved>> {
  return saved((ctx) => undo(recordOf(form), ctx, stores()));
}

export function undoPreview(form: FormData): Promise<PreviewState> {
  return previewed((ctx) => previewUndo(recordOf(form), ctx, stores()));
}

function recordOf(form: FormData): string {
  const record = form.get("record");
  return typeof record === "string" ? record : "";
}

async function saved<T>(work: (ctx: Context) => Promise<T>): Promise<State<T>> {
  try {
    assertSameOrigin(await headers());
    const result = await work(await currentContext());
    refresh();
    return { ok: true, saved: result };
  } catch (error) {
    return { ok: false, failure: toFailure(error, await currentRequestId()) };
  }
}

async function previewed(work: (ctx: Context) => Promise<Preview>): Promise<PreviewState> {
  try {
    assertSameOrigin(await headers());
    return { ok: true, preview: await work(await currentContext()) };
  } catch (error) {
    return { ok: false, failure: toFailure(error, await currentRequestId()) };
  }
}

/** Safe because the runner parses every input before it uses one. */
function unparsed<C extends Mutation>(input: object): In<C> {
  return input as In<C>;
}
