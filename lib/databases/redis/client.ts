import "server-only";
import { Redis, ReplyError } from "ioredis";
import { type Guard, guard } from "../resilience";

/** A cache that takes longer than this is slower than the database it spares. */
const COMMAND_MS = 150;
/** All commands share one connection, so many at once cost the server little. */
const PARALLEL_COMMANDS = 500;

export type RedisStore = {
  readonly redis: Redis;
  readonly guard: Guard;
  close(): Promise<void>;
};

/** `namespace` heads every key, so that several installations can share a server. */
export function createRedis(url: string, namespace: string): RedisStore {
  const redis = new Redis(url, {
    keyPrefix: namespace,
    connectionName: "quadrant",
    connectTimeout: 500,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  // Every command reports its own failure; without a listener a lost server would be logged as unhandled.
  redis.on("error", () => {});
  return {
    redis,
    guard: guard("redis", COMMAND_MS, isRedisOutage, PARALLEL_COMMANDS),
    async close() {
      redis.disconnect();
    },
  };
}

const REFUSALS = /^(LOADING|OOM|READONLY|MISCONF|MASTERDOWN|CLUSTERDOWN|BUSY|NOAUTH|WRONGPASS|NOPERM)/;

/** A server that answers with an error of the command is up; one that is loading or full cannot serve. */
function isRedisOutage(error: Error): boolean {
  return error instanceof ReplyError ? REFUSALS.test(error.message) : true;
}
