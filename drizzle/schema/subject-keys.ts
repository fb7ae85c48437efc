import { smallint, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, system } from "./columns";

export const subject_keys = system.table("subject_keys", {
  subject_id: uuid().primaryKey(),
  wrapped_key: bytes().notNull(),
  key_id: smallint().notNull(),
  created_at: instant().notNull().defaultNow(),
});

export const erasure_list = system.table("erasure_list", {
  subject_id: uuid().primaryKey(),
  erased_at: instant().notNull(),
  request_id: uuid().notNull(),
});
