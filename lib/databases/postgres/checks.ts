// What the 10 s pass asks, and the shape of every check. A column is a signal when it is a number and a fact when it
// is a text; `hidden` counts what the role may not see, `allow` is the statement that would show it.
import "server-only";
import type { EveryS } from "../signal";

export type Check = {
  /** Names it for whoever reads that it could not be made. */
  check: string;
  everyS: EveryS;
  /** Answers one row. */
  sql: string;
  /** Columns that only grow. */
  counters?: readonly string[];
  why: string;
  /** What allows it, for the monitor's role. */
  grant: (role: string) => string;
};

export const grantMonitor = (role: string) => `GRANT pg_monitor TO ${role};`;

const OTHERS_HIDDEN = "The monitor sees no session but its own, so nothing can be said of connections and locks.";

/** Also which server this is; asked first in every pass. */
export const SERVER: Check = {
  check: "Server",
  everyS: 10,
  sql: `select current_setting('server_version_num')::int as version,
    concat_ws(' ', pg_postmaster_start_time(), w.stats_reset, d.stats_reset) as generation,
    current_user::text as "watched as",
    case when pg_is_in_recovery() then 'standby' else 'primary' end as role,
    to_char(pg_postmaster_start_time() at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as "up since"
    from pg_stat_wal w, pg_stat_database d where d.datname = current_database()`,
  why: "The server does not say who it is.",
  grant: grantMonitor,
};

/** How much there is of every state; a session of the console counts like any other. */
const CLIENT = "backend_type = 'client backend'";
const OTHER = `${CLIENT} and pid <> pg_backend_pid()`;
const USABLE = `(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
  - coalesce(current_setting('reserved_connections', true), '0')::int)`;

const age = (of: string, when: string) =>
  `greatest(0, coalesce(extract(epoch from max(clock_timestamp() - ${of}) filter (where ${when})), 0))::float8`;

export const LIVE_CHECKS: readonly Check[] = [
  {
    check: "Sessions and locks",
    everyS: 10,
    sql: `select count(*) filter (where query = '<insufficient privilege>')::int as hidden,
      count(*) filter (where ${CLIENT})::int as connections,
      round(100.0 * count(*) filter (where ${CLIENT}) / ${USABLE}, 1)::float8 as connections_used,
      count(*) filter (where ${CLIENT} and state = 'active')::int as connections_active,
      count(*) filter (where ${CLIENT} and state = 'idle')::int as connections_idle,
      count(*) filter (where ${CLIENT} and state like 'idle in transaction%')::int as connections_idle_tx,
      ${age("query_start", `state = 'active' and ${OTHER}`)} as longest_active_s,
      ${age("state_change", `state like 'idle in transaction%' and ${OTHER}`)} as longest_idle_tx_s,
      ${age("xact_start", OTHER)} as longest_tx_s,
      count(*) filter (where wait_event_type = 'Lock' and ${CLIENT})::int as blocked_sessions,
      ${USABLE} as connections_usable
      from pg_stat_activity`,
    why: OTHERS_HIDDEN,
    grant: grantMonitor,
  },
  {
    check: "Lock waits",
    everyS: 10,
    sql: `select ${age("waitstart", "not granted")} as lock_wait_s,
      round(100.0 * count(*) filter (where not fastpath) / (current_setting('max_locks_per_transaction')::int
        * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)), 1)::float8
        as lock_table_used
      from pg_locks`,
    why: "The locks cannot be read.",
    grant: grantMonitor,
  },
  {
    check: "Transactions",
    everyS: 10,
    sql: `select xact_commit::float8 as commits, xact_rollback::float8 as rollbacks, deadlocks::float8 as deadlocks
      from pg_stat_database where datname = current_database()`,
    counters: ["commits", "rollbacks", "deadlocks"],
    why: "The statistics of the database cannot be read.",
    grant: grantMonitor,
  },
];
