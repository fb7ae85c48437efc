import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { processor_events } from "@/drizzle/schema/processor-events";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/core/operation";
import { constraint } from "@/lib/core/translate";
import { processorEvent } from "./noun";
import { ConcludeEvent, ReceiveEvent } from "./schema";

constraint("processor_events_once", "event_id", "conflict", "This event was received before.");

/** Keeps an event once; the worker acts on it. Throws `conflict` for one that was received before. */
export const receiveEvent = command({
  noun: processorEvent,
  action: "processor-event.receive",
  permission: "subscriptions.bill",
  input: ReceiveEvent,
  async run(event, { tx, now }) {
    const [row] = await tx
      .insert(processor_events)
      .values({ ...event, received_at: now.toISOString() })
      .returning({ id: processor_events.id });
    if (!row) throw new TypeError("An event was not written.");
    return { entity: "processor-event", id: row.id, version: 1, before: null, after: event };
  },
});

/** Says what became of an event. */
export const concludeEvent = command({
  noun: processorEvent,
  action: "processor-event.conclude",
  permission: "subscriptions.bill",
  input: ConcludeEvent,
  async run({ id, version, outcome, problem }, { tx, now }) {
    const [row] = await tx
      .update(processor_events)
      .set({
        outcome,
        problem: problem ?? null,
        concluded_at: now.toISOString(),
        version: sql`${processor_events.version} + 1`,
      })
      .where(and(eq(processor_events.id, id), eq(processor_events.version, version), isNull(processor_events.outcome)))
      .returning({ version: processor_events.version });
    if (!row) throw new AppError("conflict", "This event was concluded before.");
    return {
      entity: "processor-event",
      id,
      version: row.version,
      before: { outcome: null },
      after: { outcome, problem: problem ?? null },
    };
  },
});
