// Tables and indexes of this database: how large, how dirty, how used.
import "server-only";
import {
  DUPLICATE_INDEXES,
  INVALID_INDEXES,
  REDUNDANT_INDEXES,
  UNINDEXED_KEYS,
  UNUSED_INDEXES,
  VACUUM_DUE,
} from "./catalogue-sql";
import type { Pool } from "./pool";
import type { IndexRow, Indexes, TableRow, Tables, Vacuum } from "./schema";
import { blindIf } from "./sessions";
import { INDEX_BYTES, TABLE_BYTES } from "./relation-size";
import type { PostgresWatch } from "./watch";

const iso = (value: string) => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const PROGRESS = `(select round(100.0 * p.heap_blks_vacuumed / nullif(p.heap_blks_total, 0), 0)::float8
  from pg_stat_progress_vacuum p where p.relid = s.relid limit 1)`;

/** The largest first. */
export async function readTables({ monitor }: PostgresWatch, limit: number): Promise<Tables> {
  const [rows, keys] = await Promise.all([
    monitor.query<TableRow & { total: number }>(
      `select s.schemaname::text as schema, s.relname::text as name, ${TABLE_BYTES} as bytes,
        s.n_live_tup::float8 as rows, s.n_dead_tup::float8 as dead,
        coalesce(round(100.0 * s.n_dead_tup / nullif(s.n_live_tup + s.n_dead_tup, 0), 1), 0)::float8 as dead_share,
        case when v.enabled in ('off', 'false') then null else v.trigger_at end as trigger_at,
        ${iso("greatest(s.last_vacuum, s.last_autovacuum)")} as last_vacuum,
        ${iso("greatest(s.last_analyze, s.last_autoanalyze)")} as last_analyze,
        ${PROGRESS} as vacuum_progress, age(c.relfrozenxid)::float8 as xid_age,
        s.seq_scan::float8 as seq_scans, coalesce(s.idx_scan, 0)::float8 as index_scans, (count(*) over ())::int as total
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid join (${VACUUM_DUE}) v on v.relid = s.relid
      order by bytes desc, schema, name limit $1::int`,
      [limit],
    ),
    monitor.query<{ table: string; name: string }>(
      `select n.nspname || '.' || c.relname as table, k.name from (${UNINDEXED_KEYS}) k
        join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace order by 1, 2 limit 50`,
    ),
  ]);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0, unindexed_keys: keys };
}

/** What somebody should look at first, then the largest. */
export async function readIndexes({ monitor }: PostgresWatch, limit: number): Promise<Indexes> {
  const rows = await monitor.query<IndexRow & { total: number; since: string | null }>(
    `select s.schemaname::text as schema, s.relname::text as table, s.indexrelname::text as name,
      ${INDEX_BYTES} as bytes, s.idx_scan::float8 as scans, ${iso("s.last_idx_scan")} as last_scan,
      a.advice, t.relname::text as twin,
      case when a.advice in ('unused', 'duplicate', 'redundant', 'invalid')
        then format('DROP INDEX CONCURRENTLY %I.%I;', s.schemaname, s.indexrelname) end as drop,
      (count(*) over ())::int as total,
      (select ${iso("stats_reset")} from pg_stat_database where datname = current_database()) as since
    from pg_stat_user_indexes s join pg_index i using (indexrelid) join pg_class c on c.oid = s.indexrelid
    left join (${DUPLICATE_INDEXES}) d on d.indexrelid = s.indexrelid
    left join (${REDUNDANT_INDEXES}) r on r.indexrelid = s.indexrelid
    left join pg_class t on t.oid = coalesce(d.twin, r.covered_by)
    cross join lateral (select case
      when s.indexrelid in (${INVALID_INDEXES}) then 'invalid' when d.indexrelid is not null then 'duplicate'
      when r.indexrelid is not null then 'redundant' when s.indexrelid in (${UNUSED_INDEXES}) then 'unused'
      when s.idx_scan = 0 then 'enforces' else 'in_use' end as advice) a
    order by (a.advice in ('in_use', 'enforces')), bytes desc, schema, name limit $1::int`,
    [limit],
  );
  const shown = rows.map(({ total: _total, since: _since, ...row }) => row);
  return { rows: shown, total: rows[0]?.total ?? 0, since: rows[0]?.since ?? null };
}

const HORIZON = `select 'session' as kind, pid::text as id, greatest(age(backend_xid), age(backend_xmin))::float8 as xids
    from pg_stat_activity where (backend_xid is not null or backend_xmin is not null) and pid <> pg_backend_pid()
  union all select 'slot', slot_name::text, greatest(age(xmin), age(catalog_xmin))::float8 from pg_replication_slots
    where xmin is not null or catalog_xmin is not null
  union all select 'prepared transaction', gid, age(transaction)::float8 from pg_prepared_xacts
  union all select 'standby', application_name, age(backend_xmin)::float8 from pg_stat_replication
    where backend_xmin is not null`;

export async function readVacuum({ monitor, roles }: PostgresWatch): Promise<Vacuum> {
  const [databases, oldest, horizon, running, autovacuum, [seen]] = await Promise.all([
    monitor.query<Vacuum["databases"][number]>(
      `select datname::text as name, age(datfrozenxid)::float8 as xid_age,
        round(age(datfrozenxid) / 2e7, 2)::float8 as used, round(mxid_age(datminmxid) / 2e7, 2)::float8 as mxid_used
      from pg_database where datallowconn order by datname = current_database() desc, xid_age desc limit 5`,
    ),
    monitor.query<Vacuum["oldest"][number]>(
      `select n.nspname::text as schema, c.relname::text as name,
        greatest(age(c.relfrozenxid), age(t.relfrozenxid))::float8 as xid_age, ${TABLE_BYTES} as bytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_class t on t.oid = c.reltoastrelid
      where c.relkind in ('r', 'm') and c.oid >= 16384 order by xid_age desc, bytes desc limit 5`,
    ),
    monitor.query<Vacuum["horizon"][number]>(`select * from (${HORIZON}) h order by xids desc nulls last limit 8`),
    monitor.query<Vacuum["running"][number]>(
      `select coalesce(n.nspname || '.' || c.relname, p.relid::text) as table, p.phase, a.usename::text as role,
        round(100.0 * p.heap_blks_scanned / nullif(p.heap_blks_total, 0), 0)::float8 as progress
      from pg_stat_progress_vacuum p left join pg_class c on c.oid = p.relid
      left join pg_namespace n on n.oid = c.relnamespace left join pg_stat_activity a on a.pid = p.pid`,
    ),
    monitor.query<{ name: string; value: string }>(
      `select name, setting || coalesce(' ' || unit, '') as value from pg_settings where name in ('autovacuum',
        'autovacuum_max_workers', 'autovacuum_naptime', 'autovacuum_vacuum_scale_factor',
        'autovacuum_vacuum_max_threshold', 'autovacuum_freeze_max_age') order by name`,
    ),
    monitor.query<{ hidden: number }>(
      "select count(*)::int as hidden from pg_stat_activity where query = '<insufficient privilege>'",
    ),
  ]);
  const blind = blindIf(seen?.hidden ?? 0, "What holds vacuum back", roles.monitor);
  return { databases, oldest, horizon, running, autovacuum, blind };
}

export type Relation = { oid: number; schema: string; name: string; bytes: number; valid: boolean; statement: string };

export type Table = Relation & { dead: number; last_done: string | null; running: boolean; partitions: number };

/**
 * Looked up by its exact name, and quoted by the server; null when there is no such table of a user. Of a partitioned
 * table everything is the sum over its partitions, and it was done last when the partition was that waits longest.
 */
export async function findTable(
  monitor: Pool,
  { schema, table }: { schema: string; table: string },
  verb: "VACUUM (ANALYZE)" | "ANALYZE",
): Promise<Table | null> {
  const last = verb === "ANALYZE" ? "s.last_analyze" : "s.last_vacuum";
  const [row] = await monitor.query<Table>(
    `select p.oid::int8::float8 as oid, n.nspname::text as schema, p.relname::text as name, true as valid,
      l.bytes, l.dead, l.last_done::text as last_done, l.running, l.partitions,
      $3::text || format(' %I.%I', n.nspname, p.relname) as statement
    from pg_class p join pg_namespace n on n.oid = p.relnamespace cross join lateral (
      select coalesce(sum(${TABLE_BYTES}), 0)::float8 as bytes, coalesce(sum(s.n_dead_tup), 0)::float8 as dead,
        case when bool_and(${last} is not null) then min(${last}) end as last_done,
        coalesce(bool_or(exists (select 1 from pg_stat_progress_vacuum v where v.relid = c.oid)), false) as running,
        count(*) filter (where c.oid <> p.oid)::int as partitions
      from (select p.oid as relid union select relid from pg_partition_tree(p.oid) where isleaf) leaf
      join pg_class c on c.oid = leaf.relid and c.relkind in ('r', 'm')
      left join pg_stat_user_tables s on s.relid = c.oid
    ) l
    where n.nspname = $1::text and p.relname = $2::text and p.relkind in ('r', 'm', 'p') and p.oid >= 16384`,
    [schema, table, verb],
  );
  return row ?? null;
}

export async function findIndex(
  monitor: Pool,
  { schema, index }: { schema: string; index: string },
): Promise<(Relation & { table: string; exclusion: boolean; building: boolean; oldest_tx_s: number }) | null> {
  const [row] = await monitor.query<
    Relation & { table: string; exclusion: boolean; building: boolean; oldest_tx_s: number }
  >(
    `select c.oid::int8::float8 as oid, n.nspname::text as schema, c.relname::text as name, i.indisvalid as valid,
      i.indisexclusion as exclusion, ${INDEX_BYTES} as bytes, t.relname::text as table,
      exists (select 1 from pg_stat_progress_create_index p where p.relid = i.indrelid) as building,
      (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()) as oldest_tx_s,
      format('REINDEX INDEX CONCURRENTLY %I.%I', n.nspname, c.relname) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indexrelid = c.oid
    join pg_class t on t.oid = i.indrelid
    where n.nspname = $1::text and c.relname = $2::text and c.relkind = 'i' and i.indrelid >= 16384`,
    [schema, index],
  );
  return row ?? null;
}
