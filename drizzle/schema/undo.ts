import { sql } from "drizzle-orm";
import { jsonb, text, uuid } from "drizzle-orm/pg-core";
import { count, instant, system } from "./columns";

export const undo_records = system.table("undo_records", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  audit_id: uuid().notNull(),
  action: text().notNull(),
  inverse_action: text().notNull(),
  inverse: jsonb().$type<Record<string, unknown>>().notNull(),
  entity_type: text().notNull(),
  entity_id: text().notNull(),
  expected_version: count().notNull(),
  created_at: instant().notNull().defaultNow(),
  expires_at: instant()
    .notNull()
    .default(sql`now() + interval '30 days'`),
  undone_at: instant(),
  undone_by: uuid(),
});
