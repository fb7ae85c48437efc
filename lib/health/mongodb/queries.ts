import "server-only";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/core/operation";
import { adviceOn } from "@/lib/databases/mongodb/advice";
import { ROLES, asked } from "@/lib/databases/mongodb/blind";
import { MOST_BROKEN, brokenDocuments, collectionFigures, collectionNames } from "@/lib/databases/mongodb/objects";
import { runningOperations } from "@/lib/databases/mongodb/operations";
import { replica } from "@/lib/databases/mongodb/replica";
import { type SlowShape, indexFor, slowShapes } from "@/lib/databases/mongodb/slow";
import type { Blind } from "@/lib/databases/schema";
import { health } from "../noun";
import { isAlone, killRefusal } from "./rules";
import {
  type CollectionList,
  GetReplica,
  ListCollections,
  ListOperations,
  ListSlow,
  type OperationList,
  type ReplicaView,
  type SlowList,
  type SlowOperation,
  type SlowOrder,
  ValidateCollection,
  type Validation,
} from "./schema";

/** What runs now, longest first; values hidden, threads of the server marked. */
export const listMongoOperations = query({
  noun: health,
  action: "health.mongodb.operations",
  permission: "health.read",
  input: ListOperations,
  async run(_input, { watch: { mongodb }, engines }): Promise<OperationList> {
    const found = await asked(mongodb, "running operations", ROLES.monitor, () => runningOperations(mongodb));
    if (!found.ok) return { operations: [], blind: [found.blind] };
    const alone = isAlone(engines);
    const operations = found.value
      .filter(({ kind }) => kind !== "own")
      .map((operation) => ({ ...operation, refused: killRefusal(operation.kind, alone) }));
    return { operations, blind: [] };
  },
});

/** Atlas' own mark: more documents read for each one returned than this wants an index. */
const READ_TOO_MUCH = 1_000;

/** Forms of operations by what they cost, without values. */
export const listMongoSlow = query({
  noun: health,
  action: "health.mongodb.slow",
  permission: "health.read",
  input: ListSlow,
  async run({ order }, { watch: { mongodb } }): Promise<SlowList> {
    const { rows, ...found } = await slowShapes(mongodb);
    const all = rows.reduce((total, row) => total + row.total_ms, 0);
    const operations = rows.map((row) => asOperation(row, all, mongodb.database));
    return { ...found, total: operations.length, operations: operations.sort(by[order]).slice(0, 20) };
  },
});

const by: Record<SlowOrder, (a: SlowOperation, b: SlowOperation) => number> = {
  total: (a, b) => b.total_ms - a.total_ms,
  mean: (a, b) => b.mean_ms - a.mean_ms,
  count: (a, b) => b.calls - a.calls,
};

function asOperation({ filter, sort, ...row }: SlowShape, all: number, database: string): SlowOperation {
  const [space, ...rest] = row.ns.split(".");
  const keys = indexFor({ filter, sort });
  const wants = row.is_full_scan === true && (row.read_per_result ?? 0) > READ_TOO_MUCH;
  const isOurs = space === database && keys.length > 0;
  const typed = keys.map(([name, direction]) => (direction === -1 ? `-${name}` : name)).join(", ");
  return {
    ...row,
    share: all > 0 ? row.total_ms / all : 0,
    index: wants && isOurs ? { collection: rest.join("."), keys: typed } : null,
  };
}

const MAX_COLLECTIONS = 100;
const MAX_MS = 5_000;

/** Sizes of the collections of our database, and use of their indexes. */
export const listMongoCollections = query({
  noun: health,
  action: "health.mongodb.collections",
  permission: "health.read",
  input: ListCollections,
  cache: { ttl_seconds: 300, tags: ["health:mongodb"] },
  async run(_input, { watch: { mongodb }, now }): Promise<CollectionList> {
    const list: CollectionList = { collections: [], indexes: [], more: 0, at: now.toISOString(), blind: [] };
    const names = await asked(mongodb, "collections", ROLES.monitor, () => collectionNames(mongodb));
    if (!names.ok) return { ...list, blind: [names.blind] };
    const blind = new Map<string, Blind>();
    const until = performance.now() + MAX_MS;
    for (const name of names.value.slice(0, MAX_COLLECTIONS)) {
      if (performance.now() > until) break;
      const found = await collectionFigures(mongodb, name);
      if (!found) continue;
      const { indexes, ...figures } = found.figures;
      list.collections.push(figures);
      list.indexes.push(
        ...indexes.map((index) => ({ ...index, collection: figures.name, ...adviceOn(index, indexes, now) })),
      );
      for (const one of found.blind) blind.set(one.check, one);
    }
    list.collections.sort((a, b) => (b.storage_bytes ?? 0) - (a.storage_bytes ?? 0));
    return { ...list, more: Math.max(0, names.value.length - list.collections.length), blind: [...blind.values()] };
  },
});

/** Members of the replica set, their lag and the window of the oplog. */
export const getMongoReplica = query({
  noun: health,
  action: "health.mongodb.members",
  permission: "health.read",
  input: GetReplica,
  async run(_input, { watch: { mongodb } }): Promise<ReplicaView> {
    return replica(mongodb);
  },
});

/** On demand: reads the documents of one collection against its validator, for two seconds at most. */
export const validateMongoCollection = query({
  noun: health,
  action: "health.mongodb.validate",
  permission: "health.read",
  input: ValidateCollection,
  async run({ collection }, { watch: { mongodb } }): Promise<Validation> {
    const found = (await collectionNames(mongodb)).find(({ name }) => name === collection);
    if (!found) throw new AppError("not_found", `There is no collection ${collection}.`);
    const right = { role: "read", db: mongodb.database };
    const broken = await asked(mongodb, `documents of ${collection}`, right, () => brokenDocuments(mongodb, found));
    const answer = { collection, most: MOST_BROKEN };
    return broken.ok
      ? { ...answer, broken: broken.value, blind: null }
      : { ...answer, broken: null, blind: broken.blind };
  },
});
