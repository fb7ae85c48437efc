import "server-only";
import type { Collector } from "./collector";
import { createElasticCollector } from "./elasticsearch/metrics";
import { createMongoCollector } from "./mongodb/metrics";
import { createPostgresCollector } from "./postgres/metrics";
import { createRedisCollector } from "./redis/metrics";
import { type Engine, MAIN_USER, WATCHED_AS } from "./schema";
import type { Watchers } from "./watchers";

/** One collector per configured engine. */
export function createCollectors({
  postgres,
  mongodb,
  redis,
  elasticsearch,
}: Watchers): Record<Engine, Collector | null> {
  return {
    postgres: createPostgresCollector(postgres),
    mongodb: named(createMongoCollector(mongodb), mongodb),
    redis: redis && named(createRedisCollector(redis), redis),
    elasticsearch: elasticsearch && named(createElasticCollector(elasticsearch), elasticsearch),
  };
}

/** Says so where the monitor has no user of its own. PostgreSQL's always has one, and names it itself. */
function named(collector: Collector, { hasOwnUser }: { hasOwnUser: boolean }): Collector {
  if (hasOwnUser) return collector;
  return {
    async collect(everyS) {
      const reading = await collector.collect(everyS);
      return { ...reading, facts: { ...reading.facts, [WATCHED_AS]: MAIN_USER } };
    },
  };
}
