import "server-only";
import { getTableColumns } from "drizzle-orm";
import { plans } from "@/drizzle/schema/plans";
import { toIso } from "@/lib/core/paging";
import type { Plan } from "./schema";

export const planColumns = getTableColumns(plans);

export function toPlan(row: typeof plans.$inferSelect): Plan {
  return { ...row, created_at: toIso(row.created_at), updated_at: toIso(row.updated_at) };
}
