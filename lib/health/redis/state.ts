import "server-only";
import { ask, asText } from "@/lib/databases/redis/ask";
import { type Info, parseInfo } from "@/lib/databases/redis/info";
import type { RedisWatch } from "@/lib/databases/redis/watch";
import type { RedisState } from "./schema";
import { readInfo } from "./way";

export async function readState(watch: RedisWatch): Promise<RedisState> {
  const info = await readInfo(watch, "everything");
  const uptime = info.number("uptime_in_seconds");
  const valkey = info.text("valkey_version");
  return {
    version: valkey ? `Valkey ${valkey}` : (info.text("redis_version") ?? ""),
    started_at: uptime === null ? null : new Date(Date.now() - uptime * 1000).toISOString(),
    memory: memoryOf(info),
    persistence: persistenceOf(info),
    replication: replicationOf(info),
    cluster: info.number("cluster_enabled") === 1 ? await clusterOf(watch) : null,
  };
}

function memoryOf(info: Info): RedisState["memory"] {
  const n = info.number;
  return {
    used: n("used_memory"),
    limit: n("maxmemory") === 0 ? null : n("maxmemory"),
    policy: info.text("maxmemory_policy"),
    peak: n("used_memory_peak"),
    resident: n("used_memory_rss"),
    dataset: n("used_memory_dataset"),
    fragmentation: n("allocator_frag_ratio"),
    fragmented: n("allocator_frag_bytes"),
    allocator: info.text("mem_allocator"),
    evicted: n("evicted_keys"),
    expired: n("expired_keys"),
    hits: n("keyspace_hits"),
    misses: n("keyspace_misses"),
  };
}

function persistenceOf(info: Info): RedisState["persistence"] {
  const n = info.number;
  const took = n("rdb_last_bgsave_time_sec");
  const saved = n("rdb_last_save_time");
  const fork = n("latest_fork_usec");
  return {
    snapshot_ok: isOk(info, "rdb_last_bgsave_status"),
    snapshot_at: saved === null ? null : new Date(saved * 1000).toISOString(),
    snapshot_took_s: took === null || took < 0 ? null : took,
    snapshot_running: n("rdb_bgsave_in_progress") === 1,
    changes_since: n("rdb_changes_since_last_save"),
    append_on: n("aof_enabled") === null ? null : n("aof_enabled") === 1,
    append_ok: isOk(info, "aof_last_write_status"),
    append_rewrite_ok: isOk(info, "aof_last_bgrewrite_status"),
    append_bytes: n("aof_current_size"),
    delayed_syncs: n("aof_delayed_fsync"),
    fork_ms: fork === null ? null : fork / 1000,
    loading: n("loading") === 1,
  };
}

function isOk(info: Info, field: string): boolean | null {
  const value = info.text(field);
  return value === null ? null : value === "ok";
}

function replicationOf(info: Info): RedisState["replication"] {
  const n = info.number;
  const offset = n("master_repl_offset");
  const slaves = Array.from({ length: n("connected_slaves") ?? 0 }, (_, at) => info.text(`slave${at}`) ?? "");
  return {
    role: info.text("role") === "slave" ? "replica" : "primary",
    primary: info.text("master_host"),
    link_up: info.text("master_link_status") === null ? null : info.text("master_link_status") === "up",
    full_copies: n("sync_full"),
    partial_copies: n("sync_partial_ok"),
    partial_refused: n("sync_partial_err"),
    replicas: slaves.map((line) => {
      const fields = new Map(line.split(",").map((pair) => [pair.split("=")[0] ?? "", pair.split("=")[1] ?? ""]));
      const at = Number(fields.get("offset"));
      return {
        addr: `${fields.get("ip") ?? "?"}:${fields.get("port") ?? "?"}`,
        state: fields.get("state") ?? "",
        behind_bytes: offset === null || Number.isNaN(at) ? null : Math.max(0, offset - at),
        lag_s: fields.has("lag") ? Number(fields.get("lag")) : null,
      };
    }),
  };
}

async function clusterOf(watch: RedisWatch): Promise<RedisState["cluster"]> {
  const info = parseInfo(asText(await ask(watch.monitor, "CLUSTER", "INFO")));
  return {
    state: info.text("cluster_state") ?? "",
    slots_assigned: info.number("cluster_slots_assigned") ?? 0,
    slots_ok: info.number("cluster_slots_ok") ?? 0,
    nodes: info.number("cluster_known_nodes") ?? 0,
    size: info.number("cluster_size") ?? 0,
  };
}
