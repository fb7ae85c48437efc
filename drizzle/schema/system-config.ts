import { integer, jsonb, smallint, text, uuid } from "drizzle-orm/pg-core";
import { instant, system } from "./columns";

export const system_config = system.table("system_config", {
  key: text().primaryKey(),
  kind: text({ enum: ["string", "number", "boolean", "object", "array"] }).notNull(),
  value: jsonb().$type<unknown>().notNull(),
  schema_version: smallint().notNull().default(1),
  version: integer().notNull().default(1),
  updated_by: uuid(),
  updated_at: instant().notNull().defaultNow(),
});
