// One call of a command on its way through the runner, and the helpers every step shares.
import "server-only";
import type { z } from "zod";
import type { KeyUse } from "./doors";
import type { Change, Command, Context, Fields, Strict } from "./operation";
import type { Stores } from "./stores";

export type Options = {
  /** Makes the request repeatable: the same key and input get the first answer. */
  key?: string | undefined;
  /** The token of the preview that was confirmed. */
  plan?: string | undefined;
  /** Under which a procedure was asked for: what it runs answers for it. Only the runner gives it. */
  use?: KeyUse | undefined;
};

/** A request of somebody else that whoever acts now carries out; only `lib/approvals` gives it. */
export type ApprovalUse = { id: string };

export type Job = {
  command: Command;
  input: z.output<Strict>;
  ctx: Context;
  stores: Stores;
  options: Options & { undo?: string | undefined; approval?: ApprovalUse | undefined };
};

export type Written = Change<string, Fields>;

/** Lost before COMMIT was sent, or known not to be committed: the same work may run again. */
export class NotCommitted extends Error {}

/**
 * Waits for every answer, then throws the first failure in statement order, not in the order of arrival: the later
 * ones only follow from it.
 */
export async function settle<T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const failure = (await Promise.allSettled(promises)).find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") throw failure.reason;
  return Promise.all(promises);
}

/** A failure that is judged later must not count as unhandled meanwhile. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
