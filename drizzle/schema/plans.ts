import { sql } from "drizzle-orm";
import { boolean, char, integer, jsonb, numeric, smallint, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

export const currencies = app.table("currencies", {
  code: char({ length: 3 }).primaryKey(),
  exponent: smallint().notNull(),
});

export const plans = app.table("plans", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  code: text().notNull(),
  name: text().notNull(),
  description: text().notNull().default(""),
  features: jsonb().$type<string[]>().notNull().default([]),
  status: text({ enum: ["draft", "active", "retired"] })
    .notNull()
    .default("draft"),
  position: integer().notNull().default(0),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
});

export const prices = app.table("prices", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  plan_id: uuid().notNull(),
  currency: char({ length: 3 }).notNull(),
  amount: numeric({ precision: 10, scale: 2 }).notNull(),
  period: text({ enum: ["month", "year"] }).notNull(),
  period_count: smallint().notNull().default(1),
  trial_days: smallint().notNull().default(0),
  active: boolean().notNull().default(true),
  created_at: instant().notNull().defaultNow(),
});
