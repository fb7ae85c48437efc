// Totals of lists: counted while that is cheap, the planner's estimate beyond.
import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { ReadDb } from "@/lib/databases/postgres/pool";

/** Up to here a total is counted, above it the planner's estimate is shown. */
export const EXACT_UP_TO = 10_000;

export type Total = { estimated_total: number; exact: boolean };

const Plan = z.tuple([
  z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: z.object({ "Plan Rows": z.number() }) })]) }),
]);

/** How many rows PostgreSQL expects of a statement, without running it. */
export async function plannedRows(db: ReadDb, statement: SQL): Promise<number> {
  const planned = await db.execute(sql`explain (format json) ${statement}`);
  const [
    {
      "QUERY PLAN": [plan],
    },
  ] = Plan.parse([...planned]);
  return plan.Plan["Plan Rows"];
}
