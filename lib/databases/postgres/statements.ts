// Which statements take the time, and how the server would run one of them.
import "server-only";
import type { Blind } from "../schema";
import { grantMonitor } from "./checks";
import type { Connection } from "./connection";
import { isSingle, shownStatement } from "./hide-values";
import { blindOf, withoutStatements } from "./metrics";
import { planNodes } from "./plan-nodes";
import type { Plan, Statement, StatementOrder, Statements } from "./schema";
import type { PostgresWatch } from "./watch";

const ORDER: Record<StatementOrder, string> = {
  total: "total_ms",
  mean: "mean_ms",
  calls: "calls",
  reads: "reads",
};

const OURS = "s.dbid = (select oid from pg_database where datname = current_database())";

type StatementRow = Statement & { shapes: number; hidden: number };

/**
 * The server puts parameters in place of the values of a query, not of CREATE ROLE or DO. Statements of those who watch are left out,
 * one entry per role.
 */
export async function readStatements(watch: PostgresWatch, order: StatementOrder, limit: number): Promise<Statements> {
  const { monitor, roles } = watch;
  try {
    const [rows, [info], [hidden]] = await Promise.all([
      monitor.query<StatementRow>(
        `with mine as (select s.*, r.rolname from pg_stat_statements s join pg_roles r on r.oid = s.userid
           where ${OURS} and s.queryid is not null and r.rolname not in ($1::text, $2::text)),
         grouped as (select queryid::text as queryid, rolname::text as role, min(query) as query,
           sum(calls)::float8 as calls, sum(total_exec_time)::float8 as total_ms,
           (sum(total_exec_time) / nullif(sum(calls), 0))::float8 as mean_ms, sum(rows)::float8 as rows,
           sum(shared_blks_read)::float8 as reads, sum(shared_blks_hit)::float8 as hits,
           sum(temp_blks_written)::float8 as temp_blocks from mine group by queryid, rolname)
         select queryid, role, left(query, 4000) as query, calls, total_ms, coalesce(mean_ms, 0) as mean_ms, rows, reads,
           temp_blocks, (100 * hits / nullif(hits + reads, 0))::float8 as hit,
           coalesce(100 * total_ms / nullif(sum(total_ms) over (), 0), 0)::float8 as share,
           (count(*) over ())::int as shapes
         from grouped order by ${ORDER[order]} desc, queryid limit $3::int`,
        [roles.monitor, roles.operator ?? "", limit],
      ),
      monitor.query<{ since: string; evicted: number }>(
        `select to_char(stats_reset at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
          dealloc::float8 as evicted from pg_stat_statements_info`,
      ),
      monitor.query<{ hidden: number }>(
        `select count(*)::int as hidden from pg_stat_statements s where ${OURS} and queryid is null`,
      ),
    ]);
    const shown = rows.map(({ shapes: _shapes, hidden: _hidden, ...row }) => ({
      ...row,
      query: shownStatement(row.query),
    }));
    return {
      rows: shown,
      shapes: rows[0]?.shapes ?? 0,
      since: info?.since ?? null,
      evicted: info?.evicted ?? 0,
      blind: (hidden?.hidden ?? 0) > 0 ? hiddenStatements(roles.monitor) : null,
    };
  } catch (error) {
    const why = "The statistics of statements cannot be read.";
    const blind = blindOf({ check: "Queries", why, grant: grantMonitor }, error, roles.monitor);
    const told = blind.kind === "not_reported" ? await withoutStatements(monitor, blind, roles.monitor) : blind;
    return { rows: [], shapes: 0, since: null, evicted: 0, blind: told };
  }
}

function hiddenStatements(role: string): Blind {
  const why = "The monitor does not see the statements of other roles.";
  return { check: "Queries", kind: "denied", why, grant: grantMonitor(role) };
}

/**
 * EXPLAIN without ANALYZE of a statement the server itself remembers, with the rights of the role that runs it: in a
 * read-only transaction that is rolled back, within two seconds. Null: the server remembers no such statement.
 */
export async function explain(watch: PostgresWatch, queryid: string, role: string): Promise<Plan | null> {
  const [row] = await watch.monitor.query<{ query: string }>(
    `select s.query from pg_stat_statements s join pg_roles r on r.oid = s.userid
     where ${OURS} and s.queryid = $1::text::bigint and r.rolname = $2::text limit 1`,
    [queryid, role],
  );
  if (!row) return null;
  const about = { queryid, role, query: shownStatement(row.query) };
  const unknown = (why: string, grant: string | null = null): Plan => ({ kind: "unknown", ...about, why, grant });
  if (!isExplainable(row.query)) return unknown("Only SELECT, INSERT, UPDATE, DELETE and MERGE have a plan.");
  const isOurs = watch.readAs(role);
  const opened = isOurs ?? watch.readAs(watch.roles.monitor);
  if (!opened) return unknown("No role of the console may read these tables.");
  const connection = await opened;
  try {
    return { kind: "plan", ...about, nodes: planNodes(await planOf(connection, row.query)) };
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    if (code === "42501" || code === "42P01" || code === "3F000") {
      const reader = isOurs ? role : watch.roles.monitor;
      return unknown(
        `${reader} may not read what this statement of ${role} reads.`,
        `GRANT pg_read_all_data TO ${reader};`,
      );
    }
    if (code === "57014") return unknown("The server needed longer than 2 s to plan it.");
    if (code.startsWith("42") || code.startsWith("22")) return unknown("The server cannot plan it without its values.");
    throw error;
  } finally {
    await connection.close();
  }
}

function isExplainable(query: string): boolean {
  const bare = query.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, "").trim();
  return /^(select|with|insert|update|delete|merge|values|table|\()/i.test(bare) && isSingle(query);
}

/** The simple protocol: only there do the parameters of the remembered text need no values. */
async function planOf(connection: Connection, query: string): Promise<unknown> {
  await connection.simple("begin read only");
  try {
    const [row] = await connection.simple(`explain (generic_plan, format json) ${query}`);
    return row?.["QUERY PLAN"];
  } finally {
    if (connection.alive) await connection.simple("rollback");
  }
}
