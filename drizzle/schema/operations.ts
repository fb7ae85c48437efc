import { integer, jsonb, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { instant, system } from "./columns";

/** Partitioned by `step`: 0 raw, 1 a minute, 60 an hour. */
export const metric_samples = system.table(
  "metric_samples",
  {
    store: text().notNull(),
    instance: text().notNull(),
    step: smallint().notNull(),
    at: instant().notNull(),
    v: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.step, table.store, table.instance, table.at] })],
);

export const engine_reports = system.table("engine_reports", {
  engine: text().primaryKey(),
  at: instant().notNull(),
  report: jsonb().notNull(),
  memory: jsonb().notNull(),
});

export const incidents = system.table("incidents", {
  id: uuid().primaryKey(),
  engine: text().notNull(),
  status: text({ enum: ["degraded", "down", "unknown"] }).notNull(),
  reasons: jsonb().notNull(),
  started_at: instant().notNull(),
  ended_at: instant(),
});

export const maintenance_windows = system.table("maintenance_windows", {
  id: uuid().primaryKey(),
  engine: text().notNull(),
  starts_at: instant().notNull(),
  ends_at: instant().notNull(),
  reason: text().notNull(),
  created_by: uuid().notNull(),
  version: integer().notNull().default(1),
  created_at: instant().notNull().defaultNow(),
  updated_at: instant().notNull().defaultNow(),
});
