import { sql } from "drizzle-orm";
import { cidr, integer, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, system } from "./columns";

export const sessions = system.table("sessions", {
  id_hash: bytes().primaryKey(),
  user_id: uuid().notNull(),
  user_epoch: integer().notNull(),
  created_at: instant().notNull().defaultNow(),
  last_seen_at: instant().notNull().defaultNow(),
  absolute_end: instant()
    .notNull()
    .default(sql`now() + interval '12 hours'`),
  ip_prefix: cidr(),
  ua_label: text(),
  revoked_at: instant(),
  revoked_reason: text(),
  version: integer().notNull().default(1),
});
