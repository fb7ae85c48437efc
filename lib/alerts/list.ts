import "server-only";
import { sql } from "drizzle-orm";
import type { ReadScope } from "@/lib/core/operation";
import { readStart, toIso, toPage, writeCursor } from "@/lib/core/paging";
import { ALERT_COLUMNS, type AlertRow, toAlert } from "./rows";
import type { AlertCounts, AlertPage, ListAlerts } from "./schema";

const ORDER = "alert.list:resolved";

/** Far above the number of rules anybody has; open alerts are at most one a rule. */
const MOST_OPEN = 500;

/** Open alerts are shown in one piece, worst first; what has cleared is paged, newest first. */
export async function listPage(scope: ReadScope<"system">, input: ListAlerts): Promise<AlertPage> {
  if (input.state === "open") return { data: await openAlerts(scope), page: { next: null, previous: null } };
  const rows = await clearedRows(scope, input);
  const cursorOf = ({ resolved_at, id }: AlertRow) => writeCursor(scope.keys, ORDER, [resolved_at, id]);
  const { data, ...page } = toPage(rows, input.limit, input, cursorOf, toAlert);
  return { data, page };
}

async function openAlerts({ db }: ReadScope<"system">) {
  const rows = await db.execute<AlertRow>(sql`
    select ${ALERT_COLUMNS}
    from system.alerts a join system.alert_rules r on r.id = a.rule_id
    where a.resolved_at is null
    order by a.severity = 'critical' desc, a.started_at, a.id
    limit ${MOST_OPEN}`);
  return rows.map(toAlert);
}

function clearedRows({ db, keys }: ReadScope<"system">, input: ListAlerts) {
  const { from, backwards } = readStart(keys, ORDER, input);
  const [at, id] = from;
  const beyond = id
    ? sql`and (a.resolved_at, a.id) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)`
    : sql``;
  const order = sql.raw(backwards ? "asc" : "desc");
  return db.execute<AlertRow>(sql`
    select ${ALERT_COLUMNS}
    from system.alerts a join system.alert_rules r on r.id = a.rule_id
    where a.resolved_at is not null ${beyond}
    order by a.resolved_at ${order}, a.id ${order}
    limit ${input.limit + 1}`);
}

type Counts = Omit<AlertCounts, "checked_at"> & { checked_at: string | null };

export async function countAlerts({ db }: ReadScope<"system">): Promise<AlertCounts> {
  const [row] = await db.execute<Counts>(sql`
    with open as (
      select a.severity, a.state, coalesce(r.muted_until > now(), false) as muted
      from system.alerts a join system.alert_rules r on r.id = a.rule_id
      where a.resolved_at is null
    )
    select
      (select count(*)::integer from open where not muted) as open,
      (select count(*)::integer from open where not muted and severity = 'critical') as critical,
      (select count(*)::integer from open where not muted and state = 'acknowledged') as acknowledged,
      (select count(*)::integer from open where muted) as muted,
      (select count(*)::integer from system.alerts where resolved_at > now() - interval '24 hours') as resolved_24h,
      (select count(*)::integer from system.alert_rules where enabled and deleted_at is null) as rules,
      (select max(at) from system.engine_reports) as checked_at`);
  if (!row) throw new TypeError("A count answered no row.");
  return { ...row, checked_at: toIso(row.checked_at) };
}
