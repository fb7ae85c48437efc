import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytes, count, instant, system } from "./columns";

const KINDS = ["change", "security", "access", "job"] as const;

export const audit_heads = system.table("audit_heads", {
  shard: smallint().primaryKey(),
  seq: count().notNull(),
  hash: bytes().notNull(),
});

export const audit_events = system.table(
  "audit_events",
  {
    id: uuid().notNull(),
    at: instant().notNull(),
    shard: smallint().notNull(),
    seq: count().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    action: text().notNull(),
    noun: text().generatedAlwaysAs(sql`split_part(action, '.', 1)`),
    actor_id: uuid(),
    target_type: text(),
    target_id: text(),
    subject_id: uuid(),
    request_id: text(),
    parent_id: uuid(),
    body: text().notNull(),
    sealed: bytes(),
    key_id: smallint().notNull(),
    mac: bytes().notNull(),
    prev: bytes().notNull(),
    hash: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.at, table.id] })],
);

/** The events as pages read them: the body parsed, without chain and MAC. */
export const audit_view = system
  .view("audit_view", {
    id: uuid().notNull(),
    at: instant().notNull(),
    shard: smallint().notNull(),
    seq: count().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    action: text().notNull(),
    noun: text().notNull(),
    actor_id: uuid(),
    target_type: text(),
    target_id: text(),
    subject_id: uuid(),
    request_id: text(),
    parent_id: uuid(),
    body: jsonb().$type<Record<string, unknown>>().notNull(),
    sealed: bytes(),
    key_id: smallint().notNull(),
  })
  .existing();

export const audit_checkpoints = system.table("audit_checkpoints", {
  n: count().primaryKey(),
  at: instant().notNull().defaultNow(),
  heads: jsonb().$type<unknown>().notNull(),
  note: text().notNull(),
  key_id: smallint().notNull(),
  signature: bytes().notNull(),
});

export const audit_verifications = system.table("audit_verifications", {
  id: uuid()
    .primaryKey()
    .default(sql`uuidv7()`),
  at: instant().notNull().defaultNow(),
  mode: text({ enum: ["incremental", "full"] }).notNull(),
  upto_n: count().notNull(),
  ok: boolean().notNull(),
  detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  duration_ms: integer().notNull(),
});
