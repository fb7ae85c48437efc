import { integer, text, uuid } from "drizzle-orm/pg-core";
import { instant, system } from "./columns";

export const credentials = system.table("credentials", {
  user_id: uuid().primaryKey(),
  password_hash: text(),
  password_changed_at: instant(),
  failed_count: integer().notNull().default(0),
  locked_until: instant(),
  version: integer().notNull().default(1),
});
