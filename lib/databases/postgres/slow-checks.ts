// What the passes of a minute and of a quarter of an hour ask, by version of the server.
import "server-only";
import { type Check, LIVE_CHECKS, grantMonitor } from "./checks";
import {
  BLOAT_RIGHTS,
  CANNOT_MEASURE_BLOAT,
  DUPLICATE_INDEXES,
  INVALID_INDEXES,
  UNINDEXED_KEYS,
  UNUSED_INDEXES,
  VACUUM_DUE,
} from "./catalogue-sql";

const HORIZON = `select greatest(age(backend_xid), age(backend_xmin)) as xids from pg_stat_activity
    where pid <> pg_backend_pid()
  union all select greatest(age(xmin), age(catalog_xmin)) from pg_replication_slots
  union all select age(transaction) from pg_prepared_xacts`;

const CHECKPOINTS = ["checkpoints_timed", "checkpoints_requested", "checkpoint_buffers"];

const STATISTICS: readonly Check[] = [
  {
    check: "Database statistics",
    everyS: 60,
    sql: `select blks_hit::float8 as blocks_hit, blks_read::float8 as blocks_read,
      (tup_returned + tup_fetched)::float8 as rows_read,
      (tup_inserted + tup_updated + tup_deleted)::float8 as rows_written, temp_bytes::float8 as temp_bytes,
      (sessions_abandoned + sessions_fatal + sessions_killed)::float8 as sessions_lost,
      checksum_failures::float8 as checksum_failures,
      xact_commit::float8 as minute_commits, xact_rollback::float8 as minute_rollbacks
      from pg_stat_database where datname = current_database()`,
    counters: ["blocks_hit", "blocks_read", "rows_read", "rows_written", "temp_bytes", "sessions_lost"],
    why: "The statistics of the database cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "WAL written",
    everyS: 60,
    sql: `select case when pg_is_in_recovery() then null
      else pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 end as wal_bytes`,
    counters: ["wal_bytes"],
    why: "The position in the WAL cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "WAL directory",
    everyS: 60,
    sql: `select w.bytes as wal_dir_bytes,
      round((w.bytes / (select setting::float8 * 1048576 from pg_settings where name = 'max_wal_size'))::numeric, 2)::float8
        as wal_dir_times,
      (select count(*)::int from pg_ls_archive_statusdir() where name like '%.ready') as archive_queue
      from (select coalesce(sum(size), 0)::float8 as bytes from pg_ls_waldir()) w`,
    why: "The monitor may not list the WAL directory.",
    grant: grantMonitor,
  },
  {
    check: "Archive",
    everyS: 60,
    sql: `select current_setting('archive_mode') as archive,
      case when current_setting('archive_mode') = 'off' then null
        else coalesce((last_failed_time > last_archived_time
          or (last_archived_time is null and last_failed_time is not null))::int, 0) end as archiver_failing
      from pg_stat_archiver`,
    why: "The statistics of the archiver cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Disk",
    everyS: 60,
    sql: `select sum(reads)::float8 as io_reads, sum(writes)::float8 as io_writes, sum(fsyncs)::float8 as io_fsyncs
      from pg_stat_io`,
    counters: ["io_reads", "io_writes", "io_fsyncs"],
    why: "The statistics of reading and writing cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Replication",
    everyS: 60,
    sql: `select count(*) filter (where state is null)::int as hidden, count(*)::int as standbys,
      coalesce(max(case when pg_is_in_recovery() then 0
        else pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) end), 0)::float8 as replication_lag_bytes,
      coalesce(max(extract(epoch from replay_lag)), 0)::float8 as replication_lag_s,
      case when not pg_is_in_recovery() then null
        when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
        else extract(epoch from now() - pg_last_xact_replay_timestamp())::float8 end as standby_lag_s,
      coalesce(string_agg(application_name, ', '), '') as standby
      from pg_stat_replication`,
    why: "The monitor does not see how far the standbys are.",
    grant: grantMonitor,
  },
  {
    check: "Slots",
    everyS: 60,
    sql: `select count(*) filter (where not active)::int as slots_inactive,
      count(*) filter (where wal_status in ('unreserved', 'lost'))::int as slots_lost,
      coalesce(max(case when pg_is_in_recovery() then null
        else pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) end), 0)::float8 as slot_retained_bytes
      from pg_replication_slots`,
    why: "The replication slots cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Transaction ids",
    everyS: 60,
    sql: `select round(max(age(datfrozenxid)) / 2e7, 2)::float8 as xid_used,
      round(max(mxid_age(datminmxid)) / 2e7, 2)::float8 as mxid_used,
      (select coalesce(extract(epoch from max(now() - prepared)), 0)::float8 from pg_prepared_xacts) as prepared_oldest_s
      from pg_database`,
    why: "The age of the databases cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "What holds vacuum back",
    everyS: 60,
    sql: `select (select count(*)::int from pg_stat_activity where query = '<insufficient privilege>') as hidden,
      coalesce(max(xids), 0)::float8 as horizon_xids from (${HORIZON}) horizon`,
    why: "The monitor does not see the snapshots of other sessions.",
    grant: grantMonitor,
  },
  {
    check: "Statement statistics",
    everyS: 60,
    sql: `select (select count(*)::int from pg_stat_statements where queryid is null) as hidden,
      dealloc::float8 as statements_evicted from pg_stat_statements_info`,
    counters: ["statements_evicted"],
    why: "The monitor does not see the statements of other roles.",
    grant: grantMonitor,
  },
];

const CHECKPOINTER: Check = {
  check: "Checkpoints",
  everyS: 60,
  sql: `select num_timed::float8 as checkpoints_timed, num_requested::float8 as checkpoints_requested,
    buffers_written::float8 as checkpoint_buffers from pg_stat_checkpointer`,
  counters: CHECKPOINTS,
  why: "The statistics of checkpoints cannot be read.",
  grant: grantMonitor,
};

/** Until 16 they stood among the figures of the background writer. */
const BACKGROUND_WRITER: Check = {
  ...CHECKPOINTER,
  sql: `select checkpoints_timed::float8 as checkpoints_timed, checkpoints_req::float8 as checkpoints_requested,
    buffers_checkpoint::float8 as checkpoint_buffers from pg_stat_bgwriter`,
};

const HAZARDS = `(name = 'fsync' and setting = 'off') or (name = 'full_page_writes' and setting = 'off')
  or (name = 'autovacuum' and setting = 'off') or (name = 'track_counts' and setting = 'off')
  or (name = 'zero_damaged_pages' and setting = 'on')`;

const OBJECTS: readonly Check[] = [
  {
    check: "Sizes",
    everyS: 900,
    sql: `select pg_database_size(current_database())::float8 as database_bytes,
      (select count(*)::int from pg_stat_user_tables) as tables,
      (select count(*)::int from pg_stat_user_indexes) as indexes`,
    why: "The monitor may not measure the database.",
    grant: grantMonitor,
  },
  {
    check: "Vacuum due",
    everyS: 900,
    sql: `select count(*) filter (where dead > 2 * trigger_at)::int as vacuum_due from (${VACUUM_DUE}) due`,
    why: "The statistics of tables cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Indexes",
    everyS: 900,
    sql: `select (select count(*)::int from (${UNUSED_INDEXES}) u) as unused_indexes,
      (select count(*)::int from (${DUPLICATE_INDEXES}) d) as duplicate_indexes,
      (select count(*)::int from (${INVALID_INDEXES}) i) as invalid_indexes,
      (select count(*)::int from (${UNINDEXED_KEYS}) k) as unindexed_keys`,
    why: "The statistics of indexes cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Sequence limits",
    everyS: 900,
    sql: `select count(*) filter (where not has_sequence_privilege(c.oid, 'SELECT, USAGE'))::int as hidden,
      coalesce(max(round(100.0 * s.last_value / s.max_value, 2)), 0)::float8 as sequence_used,
      format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %s TO %I;',
        string_agg(distinct quote_ident(s.schemaname), ', '), current_user) as allow
      from pg_sequences s join pg_namespace n on n.nspname = s.schemaname
      join pg_class c on c.relnamespace = n.oid and c.relname = s.sequencename`,
    why: "The monitor may not read the sequences, so nobody knows how full they are.",
    grant: grantMonitor,
  },
  {
    // Only whether it could be measured: measuring reads every page, and is done when somebody asks.
    check: "Bloat",
    everyS: 900,
    sql: `select hidden, allow from (${BLOAT_RIGHTS}) rights`,
    why: CANNOT_MEASURE_BLOAT,
    grant: grantMonitor,
  },
  {
    check: "Settings",
    everyS: 900,
    sql: `select count(*) filter (where ${HAZARDS})::int as config_hazards from pg_settings`,
    why: "The settings cannot be read.",
    grant: grantMonitor,
  },
];

/** One table of checks per version that moved something; 16 is the oldest whose columns were seen. */
export function checksFor(version: number): readonly Check[] {
  const checkpoints = version >= 170_000 ? CHECKPOINTER : BACKGROUND_WRITER;
  return [...LIVE_CHECKS, ...STATISTICS, checkpoints, ...OBJECTS];
}
