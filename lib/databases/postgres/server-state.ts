// The server as a whole: who follows it, what it archives, how it is set.
import "server-only";
import type { Blind } from "../schema";
import { grantMonitor } from "./checks";
import { blindOf } from "./metrics";
import type { Replication, Setting, Settings } from "./schema";
import type { PostgresWatch } from "./watch";

const iso = (value: string) => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const HERE = "case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end";

type Directory = { kept: number; waiting: number };

export async function readReplication({ monitor, roles }: PostgresWatch): Promise<Replication> {
  const blind: Blind[] = [];
  const directory = monitor
    .query<Directory>(
      `select (select coalesce(sum(size), 0)::float8 from pg_ls_waldir()) as kept,
        (select count(*)::int from pg_ls_archive_statusdir() where name like '%.ready') as waiting`,
    )
    .catch((error: unknown): Directory[] => {
      const why = "The monitor may not list the WAL directory.";
      blind.push(blindOf({ check: "WAL directory", why, grant: grantMonitor }, error, roles.monitor));
      return [];
    });
  const [standbys, slots, [archive], [rest], [listed]] = await Promise.all([
    monitor.query<Replication["standbys"][number]>(
      `select application_name as name, state, sync_state as sync, extract(epoch from replay_lag)::float8 as lag_s,
        pg_wal_lsn_diff(${HERE}, replay_lsn)::float8 as lag_bytes from pg_stat_replication order by name`,
    ),
    monitor.query<Replication["slots"][number]>(
      `select slot_name::text as name, slot_type as type, active, wal_status as status,
        pg_wal_lsn_diff(${HERE}, restart_lsn)::float8 as retained from pg_replication_slots order by name`,
    ),
    monitor.query<Omit<Replication["archive"], "waiting">>(
      `select current_setting('archive_mode') as mode, archived_count::float8 as archived, failed_count::float8 as failed,
        ${iso("last_archived_time")} as last_archived, ${iso("last_failed_time")} as last_failed from pg_stat_archiver`,
    ),
    monitor.query<Replication["checkpoints"] & { standby: boolean; wal: number | null; max: number }>(
      `select c.num_timed::float8 as timed, c.num_requested::float8 as requested, c.num_done::float8 as done,
        ${iso("c.stats_reset")} as since, pg_is_in_recovery() as standby, w.wal_bytes::float8 as wal,
        (select setting::float8 * 1048576 from pg_settings where name = 'max_wal_size') as max
      from pg_stat_checkpointer c, pg_stat_wal w`,
    ),
    directory,
  ]);
  if (!archive || !rest) throw new Error("PostgreSQL answered nothing.");
  if (standbys.some(({ state }) => state === null)) {
    const why = "The monitor does not see how far the standbys are.";
    blind.push({ check: "Replication", kind: "denied", why, grant: grantMonitor(roles.monitor) });
  }
  const { timed, requested, done, since } = rest;
  return {
    role: rest.standby ? "standby" : "primary",
    standbys,
    slots,
    archive: { ...archive, waiting: listed?.waiting ?? null },
    checkpoints: { timed, requested, done, since },
    wal: { bytes: rest.wal, kept: listed?.kept ?? null, max: rest.max },
    blind,
  };
}

/**
 * Settings worth a look, and every other one that is dangerous or waits for a restart. Time limits are not among them:
 * each role has its own, and the monitor would show the monitor's.
 */
const WATCHED = [
  ...["max_connections", "reserved_connections", "superuser_reserved_connections", "shared_buffers", "work_mem"],
  ...["maintenance_work_mem", "effective_cache_size", "max_wal_size", "checkpoint_timeout", "wal_level", "fsync"],
  ...["full_page_writes", "synchronous_commit", "archive_mode", "autovacuum", "track_counts", "track_io_timing"],
  ...["data_checksums", "max_slot_wal_keep_size"],
  ...["shared_preload_libraries", "random_page_cost", "log_min_duration_statement"],
];

const HAZARDS: Record<string, [value: string, risk: string]> = {
  fsync: ["off", "A crash of the machine destroys the database."],
  full_page_writes: ["off", "A crash may leave half-written pages."],
  autovacuum: ["off", "Dead rows stay, and transaction ids run out."],
  track_counts: ["off", "Autovacuum does not know where to go."],
  zero_damaged_pages: ["on", "Damaged pages are silently emptied."],
  synchronous_commit: ["off", "The last moments before a crash may be lost."],
  data_checksums: ["off", "Damage on disk goes unnoticed."],
};

export async function readSettings({ monitor }: PostgresWatch): Promise<Settings> {
  const names = [...WATCHED, ...Object.keys(HAZARDS)].join(",");
  const rows = await monitor.query<Omit<Setting, "hazard">>(
    `select name, setting as value, unit, source not in ('default', 'override') as changed, pending_restart
      from pg_settings where name = any (string_to_array($1::text, ',')) or pending_restart order by name`,
    [names],
  );
  const hazard = ({ name, value }: Omit<Setting, "hazard">) => (HAZARDS[name]?.[0] === value ? HAZARDS[name][1] : null);
  return {
    rows: rows
      .map((row) => ({ ...row, hazard: hazard(row) }))
      .filter((row) => WATCHED.includes(row.name) || row.hazard !== null || row.pending_restart),
    pending: rows.filter((row) => row.pending_restart).length,
  };
}
