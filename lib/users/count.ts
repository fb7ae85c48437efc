import "server-only";
import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { EXACT_UP_TO, plannedRows, type Total } from "@/lib/core/total";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { matching } from "./filters";
import type { UserFilters } from "./schema";

/** A total that costs milliseconds at any size; its statements go out together with those of the page. */
export async function estimate(db: ReadDb, filters: UserFilters): Promise<Total> {
  if (isUnfiltered(filters)) return wholeTable(db);
  const where = matching(filters);
  const [few, planned] = await Promise.all([
    db.select({ n: sql<number>`count(*)::int` }).from(firstMatches(db, filters)),
    plannedRows(db, sql`select 1 from ${users} where ${where}`),
  ]);
  const counted = few[0]?.n ?? 0;
  if (counted <= EXACT_UP_TO) return { estimated_total: counted, exact: true };
  return { estimated_total: Math.max(planned, counted), exact: false };
}

/** Counted to the last row; ends as `busy` at the statement limit of the role. */
export async function exactly(db: ReadDb, filters: UserFilters): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(users)
    .where(matching(filters));
  return row?.n ?? 0;
}

/** The statistics count the trash too; a table small enough is counted, also when it was never analysed (−1). */
async function wholeTable(db: ReadDb): Promise<Total> {
  const [row] = await db
    .select({
      known: sql<number>`c.reltuples::int`,
      counted: sql<number | null>`case when c.reltuples <= ${EXACT_UP_TO} then
        (select count(*)::int from (select 1 from app.users where deleted_at is null limit ${EXACT_UP_TO + 1}) few) end`,
    })
    .from(sql`pg_class c`)
    .where(sql`c.oid = 'app.users'::regclass`);
  const counted = row?.counted ?? null;
  return counted !== null && counted <= EXACT_UP_TO
    ? { estimated_total: counted, exact: true }
    : { estimated_total: Math.max(row?.known ?? 0, counted ?? 0), exact: false };
}

function firstMatches(db: ReadDb, filters: UserFilters) {
  return db
    .select({ one: sql`1`.as("one") })
    .from(users)
    .where(matching(filters))
    .limit(EXACT_UP_TO + 1)
    .as("few");
}

function isUnfiltered({ q, status, role, created_after, created_before }: UserFilters): boolean {
  return !q && !status && !role && !created_after && !created_before;
}
