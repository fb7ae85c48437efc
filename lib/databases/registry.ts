// The four engines of a process: their clients, what their last probes said, and the order in which they close.
import "server-only";
import type { Env } from "@/lib/env";
import { type Elastic, createElastic } from "./elasticsearch/client";
import { elasticProbe } from "./elasticsearch/probe";
import { type Monitor, createMonitor } from "./monitor";
import { type Mongo, createMongo } from "./mongodb/client";
import { mongoProbe } from "./mongodb/probe";
import { type PostgresPools, openPostgres } from "./postgres/client";
import { postgresProbe } from "./postgres/probe";
import { type RedisStore, createRedis } from "./redis/client";
import { redisProbe } from "./redis/probe";
import type { Engine } from "./schema";
import { type Watchers, createWatchers } from "./watchers";

export type Databases = {
  readonly postgres: PostgresPools;
  readonly mongodb: Mongo;
  /** Null where none is configured, which only a local stack may be. */
  readonly redis: RedisStore | null;
  readonly elasticsearch: Elastic | null;
  readonly monitor: Monitor;
  readonly watchers: Watchers;
  /** Stops asking, then closes what depends on the others first. */
  close(): Promise<void>;
};

/** Time an engine that starts beside the console may take before its silence is an outage. */
const COMING_UP_MS = 120_000;

const ABSENT = {
  redis: "not started: no Redis or Valkey was found here. Install redis-server, or set REDIS_URL.",
  elasticsearch: "not started: it needs Java 21 or newer. Install it and start again, or set ELASTICSEARCH_URL.",
};

/** Told of every statement and call of the console; those who only watch the engines are left out. */
export type CallObserver = (engine: Engine, ms: number) => void;

/** Connects to nothing yet. */
export function openDatabases(env: Env, observe: CallObserver = () => {}): Databases {
  const { REDIS_URL, ELASTICSEARCH_URL, MONGODB_URI, QUADRANT_NAMESPACE: namespace } = env;
  const postgres = openPostgres(env, (ms) => observe("postgres", ms));
  const mongodb = createMongo(MONGODB_URI);
  const redis = REDIS_URL ? createRedis(REDIS_URL, namespace) : null;
  const elasticsearch = ELASTICSEARCH_URL ? createElastic(ELASTICSEARCH_URL) : null;
  const monitor = createMonitor(
    {
      postgres: () => postgresProbe(env.MONITOR_DATABASE_URL),
      mongodb: () => mongoProbe(MONGODB_URI),
      redis: REDIS_URL ? () => redisProbe(REDIS_URL) : ABSENT.redis,
      elasticsearch: ELASTICSEARCH_URL
        ? () => elasticProbe(ELASTICSEARCH_URL, [`${namespace}users`])
        : ABSENT.elasticsearch,
    },
    { comingUpMs: env.QUADRANT_STACK === "local" ? { elasticsearch: COMING_UP_MS } : {} },
  );
  const watchers = createWatchers(env);
  for (const [engine, store] of Object.entries({ postgres, mongodb, redis, elasticsearch } as const)) {
    store?.guard.onBreaker(() => monitor.askSoon(engine));
  }
  mongodb.guard.onCall((ms) => observe("mongodb", ms));
  redis?.guard.onCall((ms) => observe("redis", ms));
  elasticsearch?.guard.onCall((ms) => observe("elasticsearch", ms));
  return {
    postgres,
    mongodb,
    redis,
    elasticsearch,
    monitor,
    watchers,
    async close() {
      await monitor.close();
      await watchers.close();
      await Promise.allSettled([elasticsearch?.close(), mongodb.close(), redis?.close()]);
      await postgres.close();
    },
  };
}
