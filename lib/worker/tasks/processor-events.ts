// Acts on what processors told: each event settles its transaction once, or says why it could not.
import "server-only";
import { asc, eq, isNull } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { processor_events } from "@/drizzle/schema/processor-events";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { concludeEvent } from "@/lib/processor-events/commands";
import { observeProvider, settleTransaction } from "@/lib/subscriptions/collection/commands";
import { PROBLEM_MAX, type Outcome } from "@/lib/processor-events/schema";
import { SUBSCRIPTION_STATUSES } from "@/lib/subscriptions/schema";
import { isGivenUp } from "@/lib/subscriptions/settle";

const MOST_AT_ONCE = 50;

type Event = typeof processor_events.$inferSelect;
type Conclusion = { outcome: Outcome; problem?: string };

/** One pass, oldest first; answers how many events it concluded. */
export async function applyEvents(stores: Stores, signal: AbortSignal): Promise<number> {
  const waiting = await stores.postgres.reader.read((db) =>
    db
      .select()
      .from(processor_events)
      .where(isNull(processor_events.outcome))
      .orderBy(asc(processor_events.id))
      .limit(MOST_AT_ONCE),
  );
  let done = 0;
  for (const event of waiting) {
    if (signal.aborted) break;
    const conclusion = await apply(stores, event);
    if (conclusion === null) continue;
    const target = { id: event.id, version: event.version, ...conclusion };
    await execute(concludeEvent, target, systemContext(concludeEvent.action), stores).then(
      () => (done += 1),
      (error: unknown) => {
        // Another worker was first.
        if (toAppError(error).code !== "conflict") throw error;
      },
    );
  }
  return done;
}

/** Null when it has to be tried again. */
async function apply(stores: Stores, event: Event): Promise<Conclusion | null> {
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
    if (code === "unavailable") throw error;
    if (code === "stale" || code === "busy") return null;
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
      })
      .from(transactions)
      .innerJoin(subscriptions, eq(subscriptions.id, transactions.subscription_id))
      .where(eq(transactions.id, event.transaction ?? "")),
  );
  if (!row) return "No transaction has this id.";
  const [kind] = event.kind.split(".");
  if (row.kind !== kind) return `It tells of a ${kind}, but this transaction is of another kind: ${row.kind}.`;
  const tookGivenUp = event.kind === "payment.succeeded" && isGivenUp(row.failure);
  return { id: row.id, version: row.version, settled: row.status !== "pending" && !tookGivenUp };
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
