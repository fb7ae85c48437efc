// Acts of the operator that take their time: outside a transaction, on a connection of their own, within a limit.
import "server-only";
import type { Pool } from "./pool";
import type { PostgresWatch } from "./watch";

/** `denied`: the server let it pass and did nothing, which it says only in a notice. */
export type Maintained = { denied: string | null };

/** `statement` was quoted by the server. */
export async function maintain(watch: PostgresWatch, statement: string, limitMs: number): Promise<Maintained> {
  const denied: string[] = [];
  const connection = await watch.maintain(limitMs, ({ code, message }) => {
    if (code === "01000" && /permission denied/.test(message ?? "")) denied.push(message ?? "");
  });
  try {
    await connection.simple(statement);
    return { denied: denied[0] ?? null };
  } finally {
    await connection.close();
  }
}

/** What a rebuild that failed left behind; it costs every write. */
export async function leftover(monitor: Pool, schema: string, index: string): Promise<string | null> {
  const [row] = await monitor.query<{ statement: string }>(
    `select format('DROP INDEX CONCURRENTLY %I.%I;', n.nspname, c.relname) as statement
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indexrelid = c.oid
      where n.nspname = $1::text and c.relname = left($2::text, 58) || '_ccnew' and not i.indisvalid`,
    [schema, index],
  );
  return row?.statement ?? null;
}

export async function countStatements(
  monitor: Pool,
  queryid: string | null,
): Promise<{ entries: number; calls: number }> {
  const [row] = await monitor.query<{ entries: number; calls: number }>(
    `select count(*)::int as entries, coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and ($1::text = '' or queryid = nullif($1::text, '')::bigint)`,
    [queryid ?? ""],
  );
  return row ?? { entries: 0, calls: 0 };
}

/** Of this database only: others on the server keep theirs. */
export async function resetStatements(operator: Pool, queryid: string | null): Promise<void> {
  await operator.query(
    `select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()),
      coalesce(nullif($1::text, '')::bigint, 0))`,
    [queryid ?? ""],
  );
}
