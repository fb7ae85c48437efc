import { jsonb, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { bytes, instant, system } from "./columns";

export const idempotency_keys = system.table(
  "idempotency_keys",
  {
    actor: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    body_hash: bytes().notNull(),
    status: smallint(),
    response: jsonb().$type<unknown>(),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.route, table.key] })],
);
