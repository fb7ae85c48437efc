// From INFO to the values of a pass. Pure, so that answers of any version can be tried.
import "server-only";
import type { Values } from "../schema";
import type { Info } from "./info";

/** Values as they are now. */
export function gaugesOf(info: Info): Values {
  const n = info.number;
  const limit = n("maxmemory");
  const used = n("used_memory");
  // without a limit nothing of it is used; a null would leave a limit that was passed before as it is
  const percent = limit === 0 ? 0 : share(used, limit);
  const isFragmented = (n("allocator_frag_ratio") ?? 0) > 1.4;
  return {
    memory_used: used,
    // 0 means that there is no limit
    memory_limit: limit === 0 ? null : limit,
    memory_percent: percent,
    memory_percent_noeviction: info.is("maxmemory_policy", "noeviction") === 0 ? 0 : percent,
    memory_peak: n("used_memory_peak"),
    memory_rss: n("used_memory_rss"),
    over_limit_ms: n("current_eviction_exceeded_time"),
    fragmentation: n("allocator_frag_ratio"),
    fragmented_bytes: isFragmented || n("allocator_frag_bytes") === null ? n("allocator_frag_bytes") : 0,
    clients: n("connected_clients"),
    clients_percent: share(n("connected_clients"), n("maxclients")),
    blocked: n("blocked_clients"),
    loading_percent: n("loading") === 0 ? null : n("loading_loaded_perc"),
    snapshot_failed: info.is("rdb_last_bgsave_status", "err"),
    append_failed: n("aof_enabled") === 0 ? 0 : info.is("aof_last_write_status", "err"),
    unsaved_s: unsaved(info),
    fork_ms: scaled(n("latest_fork_usec"), 0.001),
    ...replication(info),
  };
}

/** Values that only grow; a rate is made of two of them. */
export function countersOf(info: Info): Record<string, number | null> {
  const n = info.number;
  const cpu = [n("used_cpu_user_main_thread"), n("used_cpu_sys_main_thread")] as const;
  return {
    commands: n("total_commands_processed"),
    hits: n("keyspace_hits"),
    misses: n("keyspace_misses"),
    evicted: n("evicted_keys"),
    expired: n("expired_keys"),
    rejected: n("rejected_connections"),
    refused_writes: errorsNamed(info, "OOM"),
    errors: n("total_error_replies"),
    net_in: n("total_net_input_bytes"),
    net_out: n("total_net_output_bytes"),
    slow_consumers: n("client_output_buffer_limit_disconnections"),
    cpu_percent: cpu[0] === null || cpu[1] === null ? null : (cpu[0] + cpu[1]) * 100,
  };
}

/** An error that never happened has no line of its own; 0 is only known where the server counts errors at all. */
function errorsNamed(info: Info, code: string): number | null {
  const found = info.groups("errorstat_").find(({ name }) => name === code);
  return found?.fields.count ?? (info.hasSection("errorstats") ? 0 : null);
}

function replication(info: Info): Values {
  const n = info.number;
  if (info.text("role") === "slave") {
    return { replicas: n("connected_slaves"), link_down: info.is("master_link_status", "down") };
  }
  const offset = n("master_repl_offset");
  const offsets = info.groups("slave").flatMap(({ fields }) => (fields.offset === undefined ? [] : [fields.offset]));
  const lag = offset === null || offsets.length === 0 ? null : Math.max(0, offset - Math.min(...offsets));
  return { replicas: n("connected_slaves"), link_down: 0, replica_lag_bytes: lag };
}

/** How long changes have been in memory only; with an append file every change is on disk. */
function unsaved(info: Info): number | null {
  const [changes, saved, now] = ["rdb_changes_since_last_save", "rdb_last_save_time", "server_time_usec"].map(
    info.number,
  );
  if (info.number("aof_enabled") === 1 || changes === 0) return 0;
  if (saved === undefined || saved === null) return null;
  return Math.max(0, Math.round((now ?? Date.now() * 1000) / 1e6 - saved));
}

function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : (part / whole) * 100;
}

function scaled(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}

/** Keys of all databases, and those without an end. The section is empty when there are no keys. */
export function keyspaceOf(info: Info): Values {
  if (!info.hasSection("keyspace")) return { keys: null, keys_lasting: null };
  const databases = info.groups("db").filter(({ name }) => /^\d+$/.test(name));
  const sum = (field: string) => databases.reduce((total, { fields }) => total + (fields[field] ?? 0), 0);
  return { keys: sum("keys"), keys_lasting: sum("keys") - sum("expires") };
}

/** What is worth saying and no number. */
export function factsOf(info: Info): Record<string, string> {
  const uptime = info.number("uptime_in_seconds");
  const began = uptime === null ? null : new Date(Date.now() - uptime * 1000).toISOString();
  const facts = {
    role: info.text("role") === "slave" ? "replica" : info.text("role") === "master" ? "primary" : null,
    of: info.text("master_host"),
    policy: info.text("maxmemory_policy"),
    memory: info.number("maxmemory") === 0 ? "unlimited" : null,
    "up since": began === null ? null : `${began.slice(0, 16).replace("T", " ")} UTC`,
  };
  return Object.fromEntries(Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}
