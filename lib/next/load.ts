import "server-only";
import { forbidden, notFound, redirect } from "next/navigation";
import type { Code } from "@/lib/core/errors";
import type { In, Mutation, Out, Preview, Query } from "@/lib/core/operation";
import { ask, preview } from "@/lib/core/run";
import { toAppError } from "@/lib/core/translate";
import { currentContext, currentRequestId } from "./context";
import { signInAddress } from "./entrance";
import { toFailure, type Failure } from "./failure";
import { stores } from "./stores";

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** An id in the URL that cannot be one is as good as one that does not exist. */
const NO_SUCH_PAGE: readonly Code[] = ["not_found", "invalid", "malformed"];

/** For what a page is about: without it there is a sign-in, denied, not-found or error page instead. */
export async function load<Q extends Query>(query: Q, input: In<Q>): Promise<Out<Q>> {
  try {
    return await ask(query, input, await currentContext(), stores());
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "unauthenticated") redirect(await signInAddress());
    if (error.code === "forbidden") forbidden();
    if (NO_SUCH_PAGE.includes(error.code)) notFound();
    // React shows nothing of an error but its digest: the reference that finds it in the log.
    throw Object.assign(error, { digest: await currentRequestId() });
  }
}

/** For a panel, which says in its own place why it is empty. */
export async function attempt<Q extends Query>(query: Q, input: In<Q>): Promise<Attempt<Out<Q>>> {
  return attempted(async () => ask(query, input, await currentContext(), stores()));
}

/** What it would do now, for a page that shows it before anybody asks. */
export async function rehearsal<C extends Mutation>(command: C, input: In<C>): Promise<Attempt<Preview>> {
  return attempted(async () => preview(command, input, await currentContext(), stores()));
}

async function attempted<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "unauthenticated") redirect(await signInAddress());
    return { ok: false, failure: toFailure(error, await currentRequestId()) };
  }
}
