// The database of this test file: made by the first test that asks for it, read and arranged as its administrator.
import type postgres from "postgres";
import { afterAll } from "vitest";
import { addresses, administrator, cloneTemplate } from "./template";

let prepared: Promise<postgres.Sql> | undefined;

/** The administrator's connection to the file's own database; the clone is made at the first call. */
export function database(): Promise<postgres.Sql> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<postgres.Sql> {
  const name = new URL(addresses().app).pathname.slice(1);
  await cloneTemplate(name);
  const sql = administrator(addresses().admin, name);
  afterAll(() => sql.end({ timeout: 1 }));
  return sql;
}
