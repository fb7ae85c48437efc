// What the processor told the demo platform lately; the worker acts on it as on every event.
import type postgres from "postgres";
import { systemContext } from "@/lib/core/context";
import { execute } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { receiveEvent } from "@/lib/processor-events/commands";
import { type Random, uuidAt } from "../random";

const PAYMENTS = 8;
const STATUSES = 5;

/** Payments and states it confirms, one payment we never asked for and one subscription nobody knows; answers how many. */
export async function tellEvents(sql: postgres.Sql, stores: Stores, random: Random): Promise<number> {
  const id = (prefix: string) => `${prefix}_${random.bytes(9).toString("hex")}`;
  const payments = await sql<{ transaction: string; reference: string }[]>`
    SELECT id AS transaction, transaction_id AS reference FROM app.subscription_transactions
    WHERE kind = 'payment' AND status = 'succeeded' AND transaction_id LIKE 'pay_%'
    ORDER BY id DESC LIMIT ${PAYMENTS}`;
  const statuses = await sql<{ provider_ref: string; detail: string }[]>`
    SELECT provider_ref, provider_status AS detail FROM app.subscriptions
    WHERE provider = 'test' AND provider_status = status AND status <> 'canceled'
    ORDER BY id DESC LIMIT ${STATUSES}`;
  const events = [
    ...payments.map((told) => ({ kind: "payment.succeeded" as const, ...told })),
    ...statuses.map((told) => ({ kind: "subscription.status" as const, ...told })),
    { kind: "payment.succeeded" as const, transaction: uuidAt(new Date(), random), reference: id("pay") },
    { kind: "subscription.status" as const, provider_ref: id("sub"), detail: "active" },
  ];
  for (const event of events) {
    const told = { provider: "test" as const, event_id: id("evt"), ...event };
    await execute(receiveEvent, told, systemContext(receiveEvent.action), stores);
  }
  return events.length;
}
