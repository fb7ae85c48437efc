// Collections and indexes of the console's database, with their figures.
import "server-only";
import type { Blind } from "../schema";
import { ROLES, asked, codeOf } from "./blind";
import { at, documentAt, numberAt, textAt, timeAt } from "./documents";
import { type Document, type MongoWatch, firstBatch } from "./watch";

export type CollectionFigures = {
  name: string;
  documents: number | null;
  data_bytes: number | null;
  storage_bytes: number | null;
  reusable_bytes: number | null;
  index_bytes: number | null;
  /** How strictly the validator is applied; null without one. */
  validator: { level: string; action: string } | null;
  indexes: IndexFigures[];
};

export type IndexFigures = {
  name: string;
  /** In order, as `["at", "-1"]`. */
  key: [field: string, kind: string][];
  unique: boolean;
  /** Filtered, sparse or of another collation: serves only some queries. */
  partial: boolean;
  ttl: boolean;
  bytes: number | null;
  /** Null where the server does not count. */
  uses: number | null;
  counted_since: string | null;
};

export type CollectionName = { name: string; options: Document };

/** Collections that hold documents of ours: no views, nothing of the server. */
export async function collectionNames(watch: MongoWatch): Promise<CollectionName[]> {
  const answer = await watch.command(watch.database, {
    listCollections: 1,
    filter: { type: "collection" },
    authorizedCollections: true,
    cursor: { batchSize: 5_000 },
  });
  return firstBatch(answer)
    .map((row) => ({ name: textAt(row, "name") ?? "", options: documentAt(row, "options") ?? {} }))
    .filter(({ name }) => name !== "" && !name.startsWith("system."))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Null when the collection was dropped meanwhile. */
export async function collectionFigures(
  watch: MongoWatch,
  { name, options }: CollectionName,
): Promise<{ figures: CollectionFigures; blind: Blind[] } | null> {
  const pipeline = [
    { $collStats: { storageStats: {} } },
    { $project: { "storageStats.wiredTiger": 0, "storageStats.indexDetails": 0 } },
  ];
  const found = await asked(watch, "sizes", ROLES.monitor, () => watch.aggregate(watch.database, name, pipeline));
  const usage = await asked(watch, "index use", ROLES.monitor, () =>
    watch.aggregate(watch.database, name, [{ $indexStats: {} }]),
  );
  const specs = await indexSpecs(watch, name);
  if (specs === null) return null;
  const stats = found.ok ? documentAt(found.value[0], "storageStats") : null;
  const uses = new Map((usage.ok ? usage.value : []).map((row) => [textAt(row, "name"), row]));
  const figures = {
    name,
    documents: numberAt(stats, "count"),
    data_bytes: numberAt(stats, "size"),
    storage_bytes: numberAt(stats, "storageSize"),
    reusable_bytes: numberAt(stats, "freeStorageSize"),
    index_bytes: numberAt(stats, "totalIndexSize"),
    validator: validatorOf(options),
    indexes: specs.map((spec) => indexOf(spec, stats, uses.get(textAt(spec, "name")))),
  };
  return { figures, blind: [found, usage].flatMap((one) => (one.ok ? [] : [one.blind])) };
}

/** As the catalogue has them now; null without such a collection. */
export async function indexesNow(watch: MongoWatch, collection: string): Promise<IndexFigures[] | null> {
  const specs = await indexSpecs(watch, collection);
  if (specs === null) return null;
  const usage = await asked(watch, "index use", ROLES.monitor, () =>
    watch.aggregate(watch.database, collection, [{ $indexStats: {} }]),
  );
  const uses = new Map((usage.ok ? usage.value : []).map((row) => [textAt(row, "name"), row]));
  return specs.map((spec) => indexOf(spec, null, uses.get(textAt(spec, "name"))));
}

async function indexSpecs(watch: MongoWatch, collection: string): Promise<Document[] | null> {
  try {
    return firstBatch(await watch.command(watch.database, { listIndexes: collection, cursor: { batchSize: 100 } }));
  } catch (error) {
    if (codeOf(error) === 26) return null;
    throw error;
  }
}

function indexOf(spec: Document, stats: Document | null, use: Document | undefined): IndexFigures {
  const name = textAt(spec, "name") ?? "";
  const locale = textAt(spec, "collation", "locale");
  return {
    name,
    key: Object.entries(documentAt(spec, "key") ?? {}).map(([field, kind]) => [field, String(kind)]),
    unique: at(spec, "unique") === true,
    partial: at(spec, "sparse") === true || at(spec, "partialFilterExpression") !== undefined || isOther(locale),
    ttl: numberAt(spec, "expireAfterSeconds") !== null,
    bytes: numberAt(stats, "indexSizes", name),
    uses: numberAt(use, "accesses", "ops"),
    counted_since: timeAt(use, "accesses", "since")?.toISOString() ?? null,
  };
}

function isOther(locale: string | null): boolean {
  return locale !== null && locale !== "simple";
}

function validatorOf(options: Document): CollectionFigures["validator"] {
  if (!documentAt(options, "validator")) return null;
  return {
    level: textAt(options, "validationLevel") ?? "strict",
    action: textAt(options, "validationAction") ?? "error",
  };
}

/** Documents that break the validator, counted up to `MOST_BROKEN`; null without a validator. */
export async function brokenDocuments(watch: MongoWatch, { name, options }: CollectionName): Promise<number | null> {
  const validator = documentAt(options, "validator");
  if (!validator) return null;
  const pipeline = [{ $match: { $nor: [validator] } }, { $limit: MOST_BROKEN }, { $count: "broken" }];
  const [row] = await watch.aggregate(watch.database, name, pipeline);
  return numberAt(row, "broken") ?? 0;
}

export const MOST_BROKEN = 1_000;
