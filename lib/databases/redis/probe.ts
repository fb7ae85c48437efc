import "server-only";
import { connect as connectTo } from "node:net";
import { Redis } from "ioredis";
import type { Probe } from "../probe";
import { type Info, parseInfo } from "./info";

/** A connection of its own. It asks INFO, which is answered while PING is refused (loading, a failed snapshot). */
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
  let said: unknown = null;
  redis.on("error", (error: unknown) => {
    said = error;
  });

  /** The driver tells a refused login by its error event only, and a full server not at all. */
  async function connect(): Promise<void> {
    said = null;
    try {
      await redis.connect();
    } catch (error) {
      const greeting = url.startsWith("redis:") ? await firstWords(new URL(url)) : "";
      throw greeting.startsWith("-") ? new Error(greeting) : (said ?? error);
    }
  }

  return {
    async ask() {
      if (redis.status !== "ready") await connect();
      const info = parseInfo(await redis.info());
      const valkey = info.text("valkey_version");
      return {
        version: valkey ? `Valkey ${valkey}` : (info.text("redis_version") ?? ""),
        degraded: refusal(info),
      };
    },
    async close() {
      redis.disconnect();
    },
  };
}

const GREETING_MS = 200;

/** A full server says so to whoever connects, and closes; every other waits to be asked. */
function firstWords({ hostname, port }: URL): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTo(Number(port) || 6379, hostname);
    const finish = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(GREETING_MS, () => finish(""));
    socket.on("data", (data) => finish(data.toString()));
    socket.on("error", () => finish(""));
    socket.on("close", () => finish(""));
  });
}

/** What keeps a server that answers from serving: the conditions under which it refuses writes. */
function refusal(info: Info): string | null {
  if (info.text("loading") === "1") {
    const done = info.number("loading_loaded_perc");
    return `loading its data from disk${done === null ? "" : `, ${Math.floor(done)} % done`}`;
  }
  if (info.text("role") === "slave") return "read only: this server is a replica";
  if (info.text("rdb_last_bgsave_status") === "err") return "the last snapshot could not be written to disk";
  if (info.text("aof_last_write_status") === "err") return "the append-only file could not be written to disk";
  const limit = info.number("maxmemory") ?? 0;
  const isFull = limit > 0 && (info.number("used_memory") ?? 0) >= limit;
  if (isFull && info.text("maxmemory_policy") === "noeviction") return "memory is full and nothing may be evicted";
  return null;
}
