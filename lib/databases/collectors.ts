import "server-only";
import type { Collector } from "./collector";
import { createElasticCollector } from "./elasticsearch/metrics";
import { createMongoCollector } from "./mongodb/metrics";
import { createPostgresCollector } from "./postgres/metrics";
import { createRedisCollector } from "./redis/metrics";
import type { Engine } from "./schema";
import type { Watchers } from "./watchers";

/** One collector per configured engine. */
export function createCollectors(watchers: Watchers): Record<Engine, Collector | null> {
  return {
    postgres: createPostgresCollector(watchers.postgres),
    mongodb: createMongoCollector(watchers.mongodb),
    redis: watchers.redis && createRedisCollector(watchers.redis),
    elasticsearch: watchers.elasticsearch && createElasticCollector(watchers.elasticsearch),
  };
}
