// What tests look at: failures, and what a command left behind.
import type { AuditBody } from "@/lib/core/audit";
import { AppError, type Code } from "@/lib/core/errors";
import { database } from "./database";

export type Event = { id: string; action: string; body: AuditBody; sealed: Buffer | null };

/** The events about a record, oldest first. */
export async function eventsOf(targetId: string): Promise<Event[]> {
  const sql = await database();
  return sql<Event[]>`
    select id, action, body::jsonb as body, sealed from system.audit_events
    where target_id = ${targetId} order by at, id`;
}

/** The failure of some work; throws when it succeeded or failed in a way the runner does not know. */
export async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const result = await work.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
  if (result instanceof AppError) return result;
  throw result;
}

/** `ok`, or the code of the failure. */
export async function outcomeOf(work: Promise<unknown>): Promise<Code | "ok"> {
  return work.then(
    () => "ok" as const,
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
}
