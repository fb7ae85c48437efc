import { primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { count, instant, system } from "./columns";

export const outbox = system.table(
  "outbox",
  {
    entity_type: text().notNull(),
    entity_id: text().notNull(),
    version: count().notNull(),
    op: text({ enum: ["upsert", "delete"] }).notNull(),
    request_id: text(),
    created_at: instant().notNull().defaultNow(),
    next_at: instant().notNull().defaultNow(),
    lease_until: instant(),
    lease_by: text(),
    attempts: smallint().notNull().default(0),
    last_error: text(),
    dead_at: instant(),
  },
  (table) => [primaryKey({ columns: [table.entity_type, table.entity_id] })],
);
