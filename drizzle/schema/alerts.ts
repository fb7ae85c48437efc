import { boolean, doublePrecision, integer, jsonb, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, system } from "./columns";

export const alert_rules = system.table("alert_rules", {
  id: uuid().primaryKey(),
  builtin: text(),
  name: text().notNull(),
  signal: text().notNull(),
  comparison: text({ enum: ["over", "under", "absent"] }).notNull(),
  threshold: doublePrecision(),
  critical_threshold: doublePrecision(),
  clear: doublePrecision(),
  for_seconds: integer().notNull(),
  critical_for_seconds: integer(),
  severity: text({ enum: ["warn", "critical"] }).notNull(),
  enabled: boolean().notNull().default(true),
  next_step: text(),
  channels: uuid().array(),
  muted_until: instant(),
  mute_reason: text(),
  muted_by: uuid(),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
  updated_by: uuid(),
  deleted_at: instant(),
});

export const alerts = system.table("alerts", {
  id: uuid().primaryKey(),
  rule_id: uuid().notNull(),
  signal: text().notNull(),
  state: text({ enum: ["firing", "acknowledged", "resolved"] })
    .notNull()
    .default("firing"),
  severity: text({ enum: ["warn", "critical"] }).notNull(),
  text: text().notNull(),
  value: doublePrecision(),
  peak: doublePrecision(),
  threshold: doublePrecision(),
  started_at: instant().notNull(),
  seen_at: instant().notNull().defaultNow(),
  told_at: instant(),
  acknowledged_at: instant(),
  acknowledged_by: uuid(),
  acknowledge_note: text(),
  resolved_at: instant(),
  resolved_why: text({ enum: ["cleared", "rule"] }),
  version: integer().notNull().default(1),
});

export const alert_channels = system.table("alert_channels", {
  id: uuid().primaryKey(),
  kind: text({ enum: ["webhook", "email"] }).notNull(),
  name: text().notNull(),
  address: text().notNull(),
  secret: bytes(),
  enabled: boolean().notNull().default(true),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
  updated_by: uuid(),
  deleted_at: instant(),
});

export const alert_deliveries = system.table("alert_deliveries", {
  id: uuid().primaryKey(),
  alert_id: uuid(),
  channel_id: uuid().notNull(),
  event: text({ enum: ["firing", "worse", "resolved", "test"] }).notNull(),
  body: jsonb().notNull(),
  state: text({ enum: ["waiting", "delivered", "dead"] })
    .notNull()
    .default("waiting"),
  attempts: smallint().notNull().default(0),
  give_up_after: smallint().notNull().default(8),
  next_at: instant().notNull().defaultNow(),
  lease_until: instant(),
  lease_by: text(),
  created_at: instant().notNull().defaultNow(),
  delivered_at: instant(),
  dead_at: instant(),
  version: integer().notNull().default(1),
});

export const alert_attempts = system.table(
  "alert_attempts",
  {
    delivery_id: uuid().notNull(),
    n: smallint().notNull(),
    at: instant().notNull().defaultNow(),
    status: smallint(),
    ms: integer().notNull(),
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.delivery_id, table.n] })],
);
