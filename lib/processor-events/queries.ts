import "server-only";
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { subscription_transactions as transactions } from "@/drizzle/schema/ledger";
import { processor_events as events } from "@/drizzle/schema/processor-events";
import { subscriptions } from "@/drizzle/schema/subscriptions";
import { users } from "@/drizzle/schema/users";
import { query } from "@/lib/core/operation";
import { readStart, toIso, toPage, writeCursor } from "@/lib/core/paging";
import { processorEvent } from "./noun";
import { ListProcessorEvents, type EventState, type Outcome, type ProcessorEventPage } from "./schema";

const ORDER = "processor-event.list";

/** What processors told, newest first, with the subscription each is about. */
export const listProcessorEvents = query({
  noun: processorEvent,
  action: "processor-event.list",
  permission: "subscriptions.read",
  input: ListProcessorEvents,
  async run(input, { db, keys }): Promise<ProcessorEventPage> {
    const { from, backwards } = readStart(keys, ORDER, input);
    const [id] = from;
    const beyond = id ? (backwards ? gt : lt)(events.id, String(id)) : undefined;
    const rows = await db
      .select({
        ...getTableColumns(events),
        subscription_id: sql<string | null>`coalesce(${transactions.subscription_id}, ${subscriptions.id})`,
        customer: users.display_name,
      })
      .from(events)
      .leftJoin(transactions, eq(transactions.id, events.transaction))
      .leftJoin(
        subscriptions,
        and(eq(subscriptions.provider_ref, events.provider_ref), eq(subscriptions.provider, events.provider)),
      )
      .leftJoin(users, eq(users.id, sql`coalesce(${transactions.user_id}, ${subscriptions.user_id})`))
      .where(and(input.state && inState(input.state), beyond))
      .orderBy(backwards ? asc(events.id) : desc(events.id))
      .limit(input.limit + 1);
    const cursorOf = (row: { id: string }) => writeCursor(keys, ORDER, [row.id]);
    const { data, ...page } = toPage(rows, input.limit, input, cursorOf, ({ received_at, concluded_at, ...row }) => ({
      ...row,
      received_at: toIso(received_at),
      concluded_at: toIso(concluded_at),
    }));
    return { data, page };
  },
});

function inState(states: readonly EventState[]) {
  const outcomes = states.filter((state): state is Outcome => state !== "waiting");
  return or(
    states.includes("waiting") ? isNull(events.outcome) : undefined,
    outcomes.length > 0 ? inArray(events.outcome, outcomes) : undefined,
  );
}
