// The mirror says what the catalogue says: names, types and NULLs of every column of every table.
import { is } from "drizzle-orm";
import { getTableConfig, getViewConfig, PgColumn, PgTable, PgView } from "drizzle-orm/pg-core";
import { expect, it } from "vitest";
import { database } from "@/lib/testing/database";
import * as alerts from "./alerts";
import * as approvals from "./approvals";
import * as audit from "./audit";
import * as credentials from "./credentials";
import * as idempotency from "./idempotency";
import * as ledger from "./ledger";
import * as operations from "./operations";
import * as outbox from "./outbox";
import * as plans from "./plans";
import * as processorEvents from "./processor-events";
import * as revenue from "./revenue";
import * as roles from "./roles";
import * as sessions from "./sessions";
import * as subjectKeys from "./subject-keys";
import * as subscriptions from "./subscriptions";
import * as systemConfig from "./system-config";
import * as undo from "./undo";
import * as users from "./users";
import * as workers from "./workers";

const MODULES = [
  alerts,
  approvals,
  audit,
  credentials,
  idempotency,
  ledger,
  operations,
  outbox,
  plans,
  processorEvents,
  revenue,
  roles,
  sessions,
  subjectKeys,
  subscriptions,
  systemConfig,
  undo,
  users,
  workers,
];

function describeColumn(relation: string, column: PgColumn, isView: boolean): string {
  // A view does not know what is never NULL.
  const nullable = isView ? "" : column.notNull || column.generated ? " not null" : "";
  return `${relation}.${column.name} ${column
    .getSQLType()
    .replace(/^char\(/, "character(")
    .replace(", ", ",")}${nullable}`;
}

function mirrored(): string[] {
  return MODULES.flatMap((module) => Object.entries(module)).flatMap(([key, value]) => {
    if (is(value, PgTable)) {
      const { name, schema, columns } = getTableConfig(value);
      expect(key).toBe(name);
      return columns.map((column) => describeColumn(`${schema}.${name}`, column, false));
    }
    if (is(value, PgView)) {
      const { name, schema, selectedFields } = getViewConfig(value);
      return Object.values(selectedFields)
        .filter((field) => is(field, PgColumn))
        .map((column) => describeColumn(`${schema}.${name}`, column, true));
    }
    return [];
  });
}

it("is complete and true", async () => {
  const sql = await database();
  const rows = await sql<{ text: string }[]>`
    SELECT n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN c.relkind <> 'v' AND (a.attnotnull OR a.attgenerated <> '') THEN ' not null' ELSE '' END AS text
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('app', 'system') AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'schema_migrations'`;
  expect(mirrored().sort()).toEqual(rows.map(({ text }) => text).sort());
});
