import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { noun, type EngineScope } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import { ENGINES } from "@/lib/databases/schema";
import type { Maintenance } from "./schema";

const MOST_WINDOWS = 50;

/** What the audit says of a window. */
export const maintenance = noun({
  name: "maintenance",
  store: "system",
  shape: z.strictObject({ engine: z.enum(ENGINES), minutes: z.number(), ended: z.boolean() }),
  personal: [],
  index: null,
});

/** The newest windows, running ones first. */
export async function readMaintenance({ system }: EngineScope): Promise<Maintenance[]> {
  const rows = await system((db) =>
    db.execute<Maintenance>(sql`
      select id, engine, starts_at::text as starts_at, ends_at::text as ends_at, reason, created_by, version,
        ends_at > now() as running
      from system.maintenance_windows order by (ends_at > now()) desc, starts_at desc limit ${MOST_WINDOWS}`),
  );
  return rows.map((row) => ({ ...row, starts_at: toIso(row.starts_at), ends_at: toIso(row.ends_at) }));
}
