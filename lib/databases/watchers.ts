// Whoever looks at the four engines or acts on them goes through these, never through the pools of the console.
import "server-only";
import type { Env } from "@/lib/env";
import { type ElasticWatch, createElasticWatch } from "./elasticsearch/watch";
import { type MongoWatch, createMongoWatch } from "./mongodb/watch";
import { type PostgresWatch, createPostgresWatch } from "./postgres/watch";
import { type RedisWatch, createRedisWatch } from "./redis/watch";

export type Watchers = {
  readonly postgres: PostgresWatch;
  readonly mongodb: MongoWatch;
  readonly redis: RedisWatch | null;
  readonly elasticsearch: ElasticWatch | null;
  close(): Promise<void>;
};

/** Connects to nothing yet; the first use of each does. */
export function createWatchers(env: Env): Watchers {
  const watchers = {
    postgres: createPostgresWatch(env),
    mongodb: createMongoWatch(env),
    redis: createRedisWatch(env),
    elasticsearch: createElasticWatch(env),
  };
  return {
    ...watchers,
    async close() {
      await Promise.allSettled(Object.values(watchers).map((watch) => watch?.close()));
    },
  };
}
