// The way in for those who look at Redis and act on it. Redis keeps no connection in reserve, so these stay open.
import "server-only";
import { Redis } from "ioredis";
import type { Env } from "@/lib/env";

export type RedisWatch = {
  /** The monitor's user where one is given. */
  readonly monitor: Redis;
  readonly operator: Redis;
  readonly hasOwnUser: boolean;
  /** Who the monitor signs in as; named in the line that grants a right. */
  readonly user: string;
  /** Heads every key of this installation. */
  readonly namespace: string;
  close(): Promise<void>;
};

/** Connections of the console are called this, or begin with it. */
export const OWN_NAME = "quadrant";
const COMMAND_MS = 2_000;

/** Connects to nothing yet. Null where no Redis is configured. */
export function createRedisWatch(env: Env): RedisWatch | null {
  if (!env.REDIS_URL) return null;
  const operator = reopening(env.REDIS_URL);
  const monitor = env.REDIS_MONITOR_URL ? reopening(env.REDIS_MONITOR_URL) : operator;
  return {
    get monitor() {
      return monitor.current();
    },
    get operator() {
      return operator.current();
    },
    hasOwnUser: monitor !== operator,
    user: decodeURIComponent(new URL(env.REDIS_MONITOR_URL ?? env.REDIS_URL).username) || "default",
    namespace: env.QUADRANT_NAMESPACE,
    async close() {
      monitor.close();
      operator.close();
    },
  };
}

/** The driver's own retries would hold a question back until the server returns; here each question fails or connects. */
function reopening(url: string): { current(): Redis; close(): void } {
  let redis = open(url);
  return {
    current() {
      if (redis.status === "end") redis = open(url);
      return redis;
    },
    close: () => redis.disconnect(),
  };
}

/** Connects with the first command. */
function open(url: string): Redis {
  const redis = new Redis(url, {
    connectionName: `${OWN_NAME}-watch`,
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
