// The way in for those who look at Redis and act on it. Redis keeps no connection in reserve, so this one stays open.
import "server-only";
import { Redis } from "ioredis";
import type { Env } from "@/lib/env";

export type RedisWatch = {
  /** The monitor's user where one is given. */
  readonly monitor: Redis;
  readonly operator: Redis;
  readonly hasOwnUser: boolean;
  close(): Promise<void>;
};

const COMMAND_MS = 2_000;

/** Connects to nothing yet. Null where no Redis is configured. */
export function createRedisWatch(env: Env): RedisWatch | null {
  if (!env.REDIS_URL) return null;
  const operator = open(env.REDIS_URL);
  const monitor = env.REDIS_MONITOR_URL ? open(env.REDIS_MONITOR_URL) : operator;
  return {
    monitor,
    operator,
    hasOwnUser: monitor !== operator,
    async close() {
      monitor.disconnect();
      operator.disconnect();
    },
  };
}

/** Connects with the first command, and again with the next one when it was lost. */
function open(url: string): Redis {
  const redis = new Redis(url, {
    connectionName: "quadrant-watch",
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    retryStrategy: null,
  });
  redis.on("error", () => {});
  return redis;
}
