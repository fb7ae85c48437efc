import "server-only";
import { and, asc, desc, sql } from "drizzle-orm";
import { audit_events as events, audit_heads } from "@/drizzle/schema/audit";
import type { ReadScope } from "@/lib/core/operation";
import { readStart, toPage, writeCursor } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { matching } from "./filters";
import { eventColumns, namesIn, toEvent } from "./rows";
import type { AuditFilters, AuditPage, ListAudit } from "./schema";

const ORDER = "audit.list";
const EXACT_UP_TO = 10_000;

/** One page, newest first; rows and total go out together, names and undo records follow together. */
export async function listEvents(scope: ReadScope<"audit">, input: ListAudit): Promise<AuditPage> {
  const began = performance.now();
  const [rows, total] = await Promise.all([pageRows(scope, input), totalOf(scope.db, input)]);
  const { data, ...page } = toPage(
    rows,
    input.limit,
    input,
    (row) => writeCursor(scope.keys, ORDER, [row.at, row.id]),
    (row) => row,
  );
  const [names, undos] = await Promise.all([namesIn(data, scope), scope.undoOf(data.map(({ id }) => id))]);
  return {
    data: data.map((row) => toEvent(row, names, undos.get(row.id) ?? null)),
    page: { ...page, ...total },
    ms: Math.round((performance.now() - began) * 10) / 10,
  };
}

function pageRows({ db, keys }: ReadScope<"audit">, input: ListAudit) {
  const { from, backwards } = readStart(keys, ORDER, input);
  const [at, id] = from;
  const direction = backwards ? asc : desc;
  const beyond = sql`(${events.at}, ${events.id}) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)`;
  return db
    .select(eventColumns)
    .from(events)
    .where(and(matching(input), id ? beyond : undefined))
    .orderBy(direction(events.at), direction(events.id))
    .limit(input.limit + 1);
}

/** The heads know how many events there are; a filter is counted up to a limit. */
async function totalOf(db: ReadDb, input: AuditFilters): Promise<{ estimated_total: number; exact: boolean }> {
  const where = matching(input);
  if (!where) {
    const [row] = await db.select({ n: sql<number>`sum(${audit_heads.seq})::int` }).from(audit_heads);
    return { estimated_total: row?.n ?? 0, exact: true };
  }
  const few = db
    .select({ one: sql`1`.as("one") })
    .from(events)
    .where(where)
    .limit(EXACT_UP_TO + 1)
    .as("few");
  const [row] = await db.select({ n: sql<number>`count(*)::int` }).from(few);
  const counted = row?.n ?? 0;
  return { estimated_total: Math.min(counted, EXACT_UP_TO), exact: counted <= EXACT_UP_TO };
}
