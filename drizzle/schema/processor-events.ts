import { sql } from "drizzle-orm";
import { integer, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

export const processor_events = app.table("processor_events", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  provider: text({ enum: ["manual", "test"] }).notNull(),
  event_id: text().notNull(),
  kind: text({
    enum: ["payment.succeeded", "payment.failed", "refund.succeeded", "refund.failed", "subscription.status"],
  }).notNull(),
  transaction: uuid(),
  provider_ref: text(),
  reference: text(),
  detail: text(),
  outcome: text({ enum: ["applied", "settled_before", "unmatched"] }),
  problem: text(),
  version: integer().notNull().default(1),
  received_at: instant().notNull().defaultNow(),
  concluded_at: instant(),
});
