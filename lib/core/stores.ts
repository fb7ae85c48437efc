// What every operation runs on, built once per process: pools, cache, limits, keys, engines and the operations.
import "server-only";
import { type Databases, openDatabases } from "@/lib/databases/registry";
import type { PostgresPools } from "@/lib/databases/postgres/client";
import { type Env, env } from "@/lib/env";
import { type Cache, createCache } from "./cache";
import { createDocuments } from "./documents";
import { type Keys, deriveKeys } from "./keys";
import { type Logger, createLogger } from "./log";
import { type EngineFeed, createEngineFeed } from "./engine-feed";
import type { Documents, Operation, Search } from "./operation";
import { metrics } from "./metrics";
import { type Limiter, createLimiter } from "./rate-limit";
import { createSearch } from "./search";

export type Stores = {
  readonly postgres: PostgresPools;
  readonly databases: Databases;
  readonly cache: Cache;
  readonly limiter: Limiter;
  readonly search: Search;
  readonly documents: Documents;
  readonly engines: EngineFeed;
  readonly keys: Keys;
  readonly log: Logger;
  readonly operations: ReadonlyMap<string, Operation>;
};

/** Connects to nothing yet; the first caller of each engine does. Throws naming every setting that is missing. */
export function openStores(operations: ReadonlyMap<string, Operation>, settings: Env = env()): Stores {
  const { calls } = metrics();
  const databases = openDatabases(settings, (database, ms) => calls.observe({ database }, ms / 1000));
  return {
    postgres: databases.postgres,
    databases,
    cache: createCache(databases.redis),
    limiter: createLimiter(databases.redis),
    search: createSearch(databases.elasticsearch, settings.QUADRANT_NAMESPACE),
    documents: createDocuments(databases.mongodb),
    engines: createEngineFeed(databases, settings.QUADRANT_NAMESPACE),
    keys: deriveKeys(settings.QUADRANT_SECRET),
    log: createLogger(settings.QUADRANT_LOG),
    operations,
  };
}

/** Whoever takes requests or claims work has stopped before; PostgreSQL, which all of it ends in, closes last. */
export async function closeStores(stores: Stores): Promise<void> {
  await stores.engines.close();
  await stores.databases.close();
}
