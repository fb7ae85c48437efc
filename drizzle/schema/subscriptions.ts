import { sql } from "drizzle-orm";
import { boolean, char, integer, numeric, smallint, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

const sum = () => numeric({ precision: 12, scale: 2 });

export const subscriptions = app.table("subscriptions", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  user_id: uuid().notNull(),
  plan_id: uuid().notNull(),
  price_id: uuid().notNull(),
  quantity: integer().notNull().default(1),
  status: text({ enum: ["incomplete", "trialing", "active", "past_due", "paused", "canceled"] }).notNull(),
  anchor: instant().notNull(),
  period_start: instant().notNull(),
  period_end: instant().notNull(),
  trial_end: instant(),
  comped: boolean().notNull().default(false),
  discount_percent: numeric({ precision: 5, scale: 2 }).notNull().default("0"),
  discount_until: instant(),
  paused_at: instant(),
  paused_from: text({ enum: ["trialing", "active", "past_due"] }),
  resume_at: instant(),
  paused_seconds: integer().notNull().default(0),
  collection_paused_at: instant(),
  collection_behavior: text({ enum: ["keep", "void", "uncollectible"] }),
  collection_resume_at: instant(),
  cancel_at: instant(),
  canceled_at: instant(),
  cancel_reason: text(),
  next_price_id: uuid(),
  next_quantity: integer(),
  next_price_at: instant(),
  payment_method: text(),
  provider: text({ enum: ["manual", "test"] })
    .notNull()
    .default("manual"),
  provider_ref: text(),
  provider_status: text(),
  provider_seen_at: instant(),
  retries: smallint().notNull().default(0),
  retry_at: instant(),
  // Set by the database; a value given here is replaced.
  currency: char({ length: 3 }).notNull().default(""),
  monthly: sum().notNull().default("0"),
  balance_due: sum().notNull().default("0"),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
});

export const mrr_movements = app.table("mrr_movements", {
  id: uuid().primaryKey(),
  subscription_id: uuid().notNull(),
  plan_id: uuid().notNull(),
  at: instant().notNull(),
  kind: text({ enum: ["new", "expansion", "contraction", "churn", "reactivation"] }).notNull(),
  currency: char({ length: 3 }).notNull(),
  amount: sum().notNull(),
});
