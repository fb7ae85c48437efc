import { boolean, integer, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { app, instant } from "./columns";

export const roles = app.table("roles", {
  code: text().primaryKey(),
  name: text().notNull(),
  builtin: boolean().notNull().default(false),
  version: integer().notNull().default(1),
});

export const role_permissions = app.table(
  "role_permissions",
  {
    role_code: text().notNull(),
    permission: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.role_code, table.permission] })],
);

export const user_roles = app.table(
  "user_roles",
  {
    user_id: uuid().notNull(),
    role_code: text().notNull(),
    granted_by: uuid(),
    granted_at: instant().notNull().defaultNow(),
    expires_at: instant(),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.role_code] })],
);
