import "server-only";
import type { Client } from "@elastic/elasticsearch";
import { isElasticOutage } from "@/lib/databases/elasticsearch/client";
import type { Stores } from "@/lib/core/stores";
import { SEARCH_REBUILD_KEY } from "@/drizzle/search-rebuild";
import { PROJECTIONS, type Projection } from "./projections";
import { rebuildIndex } from "./rebuild";
import { aliases } from "./targets";

type Wish = { version: number };

/** Brings every index to the level of this code and rebuilds what is missing or was asked for. */
export async function keepIndices(stores: Stores, namespace: string, signal: AbortSignal): Promise<void> {
  const client = stores.databases.elasticsearch?.upkeep;
  if (!client) return;
  try {
    const wish = await wishOf(stores);
    for (const projection of PROJECTIONS) {
      const why = wish ? "it was asked for" : await fault(client, projection, stores, namespace);
      if (why === null) continue;
      stores.log.info({ noun: projection.entity, why }, "Rebuilding the search index.");
      const done = await rebuildIndex(projection, { client, reader: stores.postgres.reader, namespace, signal });
      stores.log.info({ noun: projection.entity, ...done }, "The search index is rebuilt.");
    }
    if (wish) await forget(stores, wish);
  } catch (error) {
    // Away, or not up yet: the next round asks again.
    if (!(error instanceof Error) || !isElasticOutage(error)) throw error;
  }
}

async function fault(
  client: Client,
  projection: Projection,
  stores: Stores,
  namespace: string,
): Promise<string | null> {
  const { read, write } = projection.names(namespace);
  const found = await aliases(client, [read, write]);
  if (found.get(read)?.length !== 1 || found.get(write)?.length !== 1) return "it is missing";
  const [mapping] = Object.values(await client.indices.getMapping({ index: write }));
  const level = mapping?.mappings._meta ?? {};
  const isCurrent = level.schema === projection.level.schema && level.checksum === projection.level.checksum;
  if (!isCurrent) return "its mapping is of another release";
  const { count } = await client.count({ index: write });
  if (count > 0) return null;
  const [first] = await stores.postgres.reader.read((db) => projection.page(db, NO_ID, 1));
  return first ? "it is empty" : null;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

async function wishOf(stores: Stores): Promise<Wish | null> {
  const [wish] = await stores.postgres.system.query<Wish>("select version from system.system_config where key = $1", [
    SEARCH_REBUILD_KEY,
  ]);
  return wish ?? null;
}

/** Only the wish that was seen: another one may have come meanwhile. */
async function forget(stores: Stores, wish: Wish): Promise<void> {
  await stores.postgres.system.query("delete from system.system_config where key = $1 and version = $2", [
    SEARCH_REBUILD_KEY,
    wish.version,
  ]);
}
