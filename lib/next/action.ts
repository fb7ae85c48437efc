import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { AppError } from "@/lib/core/errors";
import type { Context, In, Mutation, Out, Preview, Saved } from "@/lib/core/operation";
import { execute, preview } from "@/lib/core/run";
import { previewUndo, undo } from "@/lib/core/undo";
import { currentContext, currentRequestId } from "./context";
import { toFailure, type Failure } from "./failure";
import { readForm } from "./form";
import { assertSameOrigin } from "./origin";
import { stores } from "./stores";

export type State<T> = null | { ok: true; saved: T } | { ok: false; failure: Failure };

/** `action` can be asked for where it needs a second person. */
export type PreviewState = { ok: true; preview: Preview; action?: string } | { ok: false; failure: Failure };

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
  return async (form: FormData): Promise<PreviewState> => {
    const state = await previewed((ctx) =>
      preview(command, unparsed<C>(readForm(form, command.input).input), ctx, stores()),
    );
    return state.ok ? { ...state, action: command.action } : state;
  };
}

/** Asks for a second person: the form of a command, with the name of its action as `_action`. */
export function requestAction(_state: State<Saved>, form: FormData): Promise<State<Saved>> {
  return saved(async (ctx) => {
    const { operations } = stores();
    const [name, request] = [form.get("_action"), operations.get("approval.request")];
    const command = typeof name === "string" ? operations.get(name) : undefined;
    if (command?.kind !== "command" || request?.kind !== "procedure") {
      throw new AppError("not_found", "There is no such command.");
    }
    form.delete("_action");
    const { input, options } = readForm(form, command.input);
    return execute(request, { action: command.action, input }, ctx, stores(), { key: options.key });
  });
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
