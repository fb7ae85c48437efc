import "server-only";
import type { Client } from "@elastic/elasticsearch";
import type { Pool } from "@/lib/databases/postgres/pool";
import { writeDocuments } from "./bulk";
import type { Projection } from "./projections";
import { aliases, nextAlias } from "./targets";

const SLICE = 2_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const TRIES = 6;

export type Rebuilt = { index: string; documents: number; duration_ms: number };

type Parts = { client: Client; reader: Pool; namespace: string; signal: AbortSignal };

/**
 * Fills a new index from PostgreSQL beside the one in use, while live writes go to both, and then points the aliases
 * at it in one call. One process at a time. What a rebuild that was cut off left behind is removed first.
 */
export async function rebuildIndex(projection: Projection, parts: Parts): Promise<Rebuilt> {
  const { client, namespace } = parts;
  const began = performance.now();
  const next = nextAlias(projection, namespace);
  await dropUnused(projection, parts);
  const index = await projection.create(client, namespace, (await newestBuild(projection, parts)) + 1);
  await client.indices.putSettings({ index, settings: { refresh_interval: "-1" } });
  // From here on every worker writes here too, so the scan may see each record at any later moment.
  await client.indices.putAlias({ index, name: next });
  const documents = await fill(projection, index, parts);
  await client.indices.putSettings({ index, settings: { refresh_interval: "1s" } });
  await client.indices.refresh({ index });
  await projection.point(client, namespace, index);
  await client.indices.deleteAlias({ index, name: next });
  await dropUnused(projection, parts);
  return { index, documents, duration_ms: Math.round(performance.now() - began) };
}

/** Reads the next slice while the last one is being written. */
async function fill(projection: Projection, index: string, { client, reader, signal }: Parts): Promise<number> {
  let written = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let after = FIRST_ID;
  for (;;) {
    signal.throwIfAborted();
    const from = after;
    const slice = await patiently(signal, () =>
      reader.read((db) => projection.page(db, from, SLICE), "search-rebuild"),
    );
    await writing;
    const last = slice.at(-1);
    if (!last) return written;
    writing = patiently(signal, () => writeDocuments(client, [index], slice));
    // Its failure is thrown by the next `await writing`; until then it is not unhandled.
    writing.catch(() => {});
    written += slice.length;
    after = last.id;
  }
}

/** Repeats over a short outage of either side: an hour of scanning is not thrown away for a restart. */
async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
    }
  }
}

async function indices(projection: Projection, { client, namespace }: Parts): Promise<string[]> {
  return Object.keys(await client.indices.get({ index: projection.names(namespace).pattern, features: "aliases" }));
}

async function newestBuild(projection: Projection, parts: Parts): Promise<number> {
  const builds = (await indices(projection, parts)).map((name) => Number(/-v(\d+)$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...builds);
}

/** Removes every index of the noun that neither readers nor writers use. */
async function dropUnused(projection: Projection, parts: Parts): Promise<void> {
  const { read, write } = projection.names(parts.namespace);
  const used = new Set([...(await aliases(parts.client, [read, write])).values()].flat());
  for (const index of await indices(projection, parts)) {
    if (!used.has(index)) await parts.client.indices.delete({ index });
  }
}
