// Acts on what processors told: each event settles its transaction once, or says why it could not.
import "server-only";
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { processor_events } from "@/drizzle/schema/processor-events";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { systemContext } from "@/lib/core/context";
import type { Code } from "@/lib/core/errors";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { concludeEvent } from "@/lib/processor-events/commands";
import { observeProvider, settleTransaction } from "@/lib/subscriptions/collection/commands";
import { PROBLEM_MAX, type Outcome } from "@/lib/processor-events/schema";
import { isGivenUp } from "@/lib/subscriptions/collection/schema";
import { SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";

const MOST_AT_ONCE = 50;

/** By rule, and so for good; whatever else fails may pass. */
const REFUSALS = new Set<Code>(["conflict", "invalid", "not_found"]);

type Event = typeof processor_events.$inferSelect;
type Conclusion = { outcome: Outcome; problem?: string };

/** One pass, oldest first, past those that fail; answers how many events it concluded. */
export async function applyEvents(stores: Stores, signal: AbortSignal, mostAtOnce = MOST_AT_ONCE): Promise<number> {
  let done = 0;
  let after: string | undefined;
  for (;;) {
    const waiting = await find(stores, after, mostAtOnce);
    for (const event of waiting) {
      if (signal.aborted) return done;
      if (await handle(stores, event)) done += 1;
    }
    after = waiting.at(-1)?.id;
    if (waiting.length < mostAtOnce || done >= mostAtOnce) return done;
  }
}

function find(stores: Stores, after: string | undefined, limit: number): Promise<Event[]> {
  return stores.postgres.reader.read((db) =>
    db
      .select()
      .from(processor_events)
      .where(and(isNull(processor_events.outcome), after === undefined ? undefined : gt(processor_events.id, after)))
      .orderBy(asc(processor_events.id))
      .limit(limit),
  );
}

/** Whether it was concluded; one that was not is tried again by the next pass. */
async function handle(stores: Stores, event: Event): Promise<boolean> {
  try {
    const target = { id: event.id, version: event.version, ...(await apply(stores, event)) };
    await execute(concludeEvent, target, systemContext(concludeEvent.action), stores);
    return true;
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "unavailable") throw error;
    // Somebody saved the subscription or is about to; or another worker was first.
    if (!["stale", "busy", "conflict"].includes(code)) stores.log.warn({ id: event.id, code }, "An event has to wait.");
    return false;
  }
}

/** Throws for what has to be tried again. */
async function apply(stores: Stores, event: Event): Promise<Conclusion> {
  const found = event.transaction === null ? await byReference(stores, event) : await byTransaction(stores, event);
  if (typeof found === "string") return { outcome: "unmatched", problem: found };
  if ("settled" in found && found.settled) return { outcome: "settled_before" };
  const { id, version } = found;
  try {
    if (event.transaction === null) {
      const provider_status = SUBSCRIPTION_STATUSES.find((status) => status === event.detail) ?? "incomplete";
      await execute(observeProvider, { id, version, provider_status }, systemContext(observeProvider.action), stores);
    } else {
      const succeeded = event.kind.endsWith(".succeeded");
      const how = { transaction_id: event.reference ?? undefined, failure: event.detail ?? undefined };
      const input = { id, version, transaction: event.transaction, succeeded, ...how };
      await execute(settleTransaction, input, systemContext(settleTransaction.action), stores);
    }
    return { outcome: "applied" };
  } catch (error) {
    const { code, message } = toAppError(error);
    if (!REFUSALS.has(code)) throw error;
    // At the version it has, it cannot be so: a reference of another payment, or money for what is paid already.
    stores.log.warn({ id: event.id, code }, "An event of a processor does not fit.");
    return { outcome: "unmatched", problem: message.slice(0, PROBLEM_MAX) };
  }
}

/** The subscription and what became of the transaction, or why there is none. */
async function byTransaction(stores: Stores, event: Event) {
  const [row] = await stores.postgres.reader.read((db) =>
    db
      .select({
        id: subscriptions.id,
        version: subscriptions.version,
        status: transactions.status,
        kind: transactions.kind,
        failure: transactions.failure,
        // What was given up and came late, by the number it came with.
        came: sql<boolean>`exists (select 1 from app.subscription_transactions l
          where l.parent_id = subscription_transactions.parent_id and l.kind = subscription_transactions.kind
            and l.transaction_id = ${event.reference})`,
      })
      .from(transactions)
      .innerJoin(subscriptions, eq(subscriptions.id, transactions.subscription_id))
      .where(eq(transactions.id, event.transaction ?? "")),
  );
  if (!row) return "No transaction has this id.";
  const [kind] = event.kind.split(".");
  if (row.kind !== kind) return `It tells of a ${kind}, but this transaction is of another kind: ${row.kind}.`;
  const isLate = event.kind.endsWith(".succeeded") && isGivenUp(row.failure) && !row.came;
  return { id: row.id, version: row.version, settled: row.status !== "pending" && !isLate };
}

async function byReference(stores: Stores, { provider, provider_ref }: Event) {
  const [row] = await stores.postgres.reader.read((db) =>
    db
      .select({ id: subscriptions.id, version: subscriptions.version, provider: subscriptions.provider })
      .from(subscriptions)
      .where(eq(subscriptions.provider_ref, provider_ref ?? "")),
  );
  return row?.provider === provider ? row : "No subscription has this number at this processor.";
}
