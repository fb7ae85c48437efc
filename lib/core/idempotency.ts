// Requests that carry a key: the same key and input get the first answer, and never run twice.
import "server-only";
import { z } from "zod";
import { canonical, sha256 } from "./canonical";
import type { KeyUse, StoredAnswer } from "./doors";
import { AppError } from "./errors";
import type { Context, Saved } from "./operation";

type Keyed = { input: object; ctx: Context; options: { key?: string | undefined; use?: KeyUse | undefined } };

/** Undefined for a request without a key. */
export function keyUse({ action }: { action: string }, { input, ctx, options }: Keyed): KeyUse | undefined {
  if (options.use || options.key === undefined) return options.use;
  const hash = sha256(canonical({ action, input }));
  return { actor: ctx.actor.id, action, key: options.key, hash };
}

const StoredSaved = z.object({
  id: z.string(),
  version: z.number(),
  after: z.record(z.string(), z.unknown()).nullable(),
  audit: z.string().nullable(),
  undo: z.string().nullable(),
  note: z.string().optional(),
});

/** The first answer, or null for a key nobody has used. Throws `invalid` for other values, `in_progress` for a twin. */
export function storedAnswer({ fresh, same, status, response }: StoredAnswer): Saved | null {
  if (fresh) return null;
  if (!same) throw new AppError("invalid", "This idempotency key was used with other values.");
  if (status === null) throw inProgress();
  const { note, ...saved } = StoredSaved.parse(response);
  return note === undefined ? saved : { ...saved, note };
}

/** Its twin holds the key, and waiting for it ran into the limit. */
export function rejectTwin(error: unknown): never {
  throw isLocked(error) ? inProgress() : error;
}

function isLocked(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "55P03";
}

function inProgress(): AppError {
  return new AppError("in_progress", "The same request is being worked on.", { retry_after_seconds: 1 });
}
