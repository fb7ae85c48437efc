import { sql } from "drizzle-orm";
import { char, integer, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

export const users = app.table("users", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  email: text().notNull(),
  display_name: text().notNull().default(""),
  sort_name: text().generatedAlwaysAs(sql`lower(display_name)`),
  status: text({ enum: ["invited", "unverified", "active", "suspended", "archived"] })
    .notNull()
    .default("unverified"),
  suspended_reason: text(),
  suspended_until: instant(),
  suspended_by: uuid(),
  invited_by: uuid(),
  email_verified_at: instant(),
  locale: text().notNull().default("en"),
  time_zone: text().notNull().default("UTC"),
  country: char({ length: 2 }),
  last_seen_at: instant().notNull().default("epoch"),
  epoch: integer().notNull().default(0),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
  deleted_at: instant(),
  erased_at: instant(),
});
