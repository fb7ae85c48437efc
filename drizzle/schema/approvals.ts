import { sql } from "drizzle-orm";
import { integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, system } from "./columns";

export const approvals = system.table("approvals", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  action: text().notNull(),
  permission: text().notNull(),
  params_hash: bytes().notNull(),
  input: jsonb().$type<Record<string, unknown>>(),
  preview: jsonb().$type<Record<string, unknown>>().notNull(),
  target_type: text().notNull(),
  target_id: text(),
  rule: text().notNull(),
  reason: text().notNull(),
  status: text({ enum: ["waiting", "approved", "declined", "withdrawn", "expired"] })
    .notNull()
    .default("waiting"),
  requested_by: uuid().notNull(),
  requested_at: instant().notNull().defaultNow(),
  expires_at: instant()
    .notNull()
    .default(sql`now() + interval '24 hours'`),
  decided_by: uuid(),
  decided_at: instant(),
  decision_reason: text(),
  version: integer().notNull().default(1),
});
