import { text } from "drizzle-orm/pg-core";
import { instant, system } from "./columns";

export const workers = system.table("workers", {
  name: text().primaryKey(),
  kind: text().notNull(),
  started_at: instant().notNull().defaultNow(),
  heartbeat_at: instant().notNull().defaultNow(),
  build: text().notNull(),
});
