import "server-only";
import { Redis } from "ioredis";
import type { Probe } from "../probe";

/** A connection of its own, which may ask a server that is still loading its data. */
export function redisProbe(url: string): Probe {
  const redis = new Redis(url, {
    connectionName: "quadrant-probe",
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: 1_400,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    retryStrategy: null,
  });
  redis.on("error", () => {});
  return {
    async ask() {
      if (redis.status !== "ready") await redis.connect();
      return readInfo(parseInfo(await redis.info()));
    },
    async close() {
      redis.disconnect();
    },
  };
}

type Info = ReadonlyMap<string, string>;

function parseInfo(text: string): Info {
  const pairs = text.split(/\r?\n/).map((line) => line.split(/:(.*)/s));
  return new Map(pairs.map(([key = "", value = ""]) => [key, value]));
}

/** What keeps a server that answers from serving: the conditions under which it refuses writes. */
function readInfo(info: Info): { version: string; degraded: string | null } {
  const valkey = info.get("valkey_version");
  const version = valkey ? `Valkey ${valkey}` : (info.get("redis_version") ?? "");
  return { version, degraded: refusal(info) };
}

function refusal(info: Info): string | null {
  if (info.get("loading") === "1") return "loading its data from disk";
  if (info.get("role") === "slave") return "read only: this server is a replica";
  if (info.get("rdb_last_bgsave_status") === "err") return "the last snapshot could not be written to disk";
  if (info.get("aof_last_write_status") === "err") return "the append-only file could not be written to disk";
  const limit = Number(info.get("maxmemory") ?? 0);
  const isFull = limit > 0 && Number(info.get("used_memory") ?? 0) >= limit;
  if (isFull && info.get("maxmemory_policy") === "noeviction") return "memory is full and nothing may be evicted";
  return null;
}
