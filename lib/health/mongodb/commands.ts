import "server-only";
import { AppError } from "@/lib/core/errors";
import { type Finding, remedy } from "@/lib/core/operation";
import * as acts from "@/lib/databases/mongodb/acts";
import { collectionNames, indexesNow } from "@/lib/databases/mongodb/objects";
import type { MongoWatch } from "@/lib/databases/mongodb/watch";
import { health } from "../noun";
import { createRefusal, dropRefusal, isAlone, killRefusal, pressureRefusal } from "./rules";
import { CreateIndex, DropIndex, KillOperation } from "./schema";

const GONE = "This operation no longer runs.";
const DENIED = "The operator's user of MongoDB may not do this.";

/** Ends one operation; its client gets an error (11601). */
export const killOperation = remedy({
  noun: health,
  engine: "mongodb",
  action: "health.mongodb.kill-operation",
  permission: "health.mongodb.kill-operation",
  input: KillOperation,
  async look(wanted, { watch: { mongodb }, engines }): Promise<Finding> {
    const found = await acts.theOperation(mongodb, wanted);
    if (!found) throw new AppError("not_found", GONE);
    return {
      id: `operation ${found.opid}`,
      before: { operation: found.shape, ns: found.ns, state: "running", seconds: Math.round(found.seconds ?? 0) },
      after: { operation: found.shape, ns: found.ns, state: "ended", seconds: Math.round(found.seconds ?? 0) },
      identity: { opid: found.opid, ns: found.ns, op: found.op, started: wanted.started },
      touches: [{ store: "mongodb", what: "operation ended, its client gets an error", count: 1, undo: false }],
      refused: killRefusal(found.kind, isAlone(engines)),
    };
  },
  async act(wanted, { watch: { mongodb } }, { before }) {
    const ended = await acts.killOperation(mongodb, wanted);
    if (ended === "denied") throw new AppError("conflict", DENIED);
    return ended === "gone"
      ? { done: true, after: { ...before, state: "ended" }, note: "It is gone from the list of running operations." }
      : { done: false, after: before, note: "It was told to end and still runs. It ends at its next pause." };
  },
});

/** Builds an index on one of our collections. */
export const createMongoIndex = remedy({
  noun: health,
  engine: "mongodb",
  action: "health.mongodb.create-index",
  permission: "health.mongodb.create-index",
  input: CreateIndex,
  limit: 120,
  async look({ collection, keys, unique }, { watch: { mongodb }, engines }): Promise<Finding> {
    const existing = await indexesOf(mongodb, collection);
    const index = specOf(keys, unique);
    const documents = await acts.countOf(mongodb, collection);
    return {
      id: `index ${collection}.${index.name}`,
      before: { indexes: existing.map(({ name }) => name) },
      after: { indexes: [...existing.map(({ name }) => name), index.name] },
      identity: { collection, name: index.name, unique },
      touches: [{ store: "mongodb", what: "documents read to build it", count: documents ?? 0, undo: false }],
      refused: createRefusal(index, existing, documents) ?? pressureRefusal(engines),
    };
  },
  async act({ collection, keys, unique }, { watch: { mongodb } }) {
    const index = specOf(keys, unique);
    const refusal = await acts.createIndex(mongodb, collection, index);
    if (refusal) throw new AppError(refusal === "slow" ? "outcome_unknown" : "conflict", REFUSALS[refusal]);
    const found = await acts.theIndex(mongodb, collection, index.name);
    const names = (await indexesOf(mongodb, collection)).map(({ name }) => name);
    return {
      done: found !== null,
      after: { indexes: names },
      note: found ? `${index.name} is there.` : "It is not there.",
    };
  },
});

const REFUSALS: Record<acts.Refusal, string> = {
  exists: "There is such an index under another name or with other options.",
  duplicates: "Some documents have the same values, so it cannot be unique.",
  limit: "MongoDB does not allow such an index.",
  slow: "The server did not finish in a minute. Look whether the index appears.",
  denied: DENIED,
};

/** Removes an index of one of our collections; never the one on _id, never a unique one. */
export const dropMongoIndex = remedy({
  noun: health,
  engine: "mongodb",
  action: "health.mongodb.drop-index",
  permission: "health.mongodb.drop-index",
  input: DropIndex,
  limit: 120,
  async look({ collection, index: name, confirm }, { watch: { mongodb } }): Promise<Finding> {
    const existing = await indexesOf(mongodb, collection);
    const index = existing.find((one) => one.name === name);
    if (!index) throw new AppError("not_found", `${collection} has no index ${name}.`);
    const names = existing.map((one) => one.name);
    return {
      id: `index ${collection}.${name}`,
      before: { indexes: names },
      after: { indexes: names.filter((one) => one !== name) },
      identity: { collection, name, key: index.key.map((part) => part.join(" ")).join(", ") },
      touches: [{ store: "mongodb", what: "index removed", count: 1, undo: false }],
      refused: dropRefusal(index, confirm),
    };
  },
  async act({ collection, index: name }, { watch: { mongodb } }) {
    if ((await acts.dropIndex(mongodb, collection, name)) === "denied") throw new AppError("conflict", DENIED);
    const names = (await indexesOf(mongodb, collection)).map((one) => one.name);
    const isGone = !names.includes(name);
    return { done: isGone, after: { indexes: names }, note: isGone ? `${name} is gone.` : `${name} is still there.` };
  },
});

/** MongoDB would make a collection for an index; here it must exist, and be one of ours. */
async function indexesOf(mongodb: MongoWatch, collection: string) {
  const isOurs = (await collectionNames(mongodb)).some(({ name }) => name === collection);
  const found = isOurs ? await indexesNow(mongodb, collection) : null;
  if (!found) throw new AppError("not_found", `There is no collection ${collection}.`);
  return found;
}

type Keys = readonly { field: string; direction: number }[];

function specOf(keys: Keys, unique: boolean): acts.IndexSpec {
  const key = keys.map(({ field, direction }) => [field, direction === -1 ? -1 : 1] as const);
  const name = key.map(([field, direction]) => `${field}_${direction}`).join("_");
  if (name.length > 120) throw new AppError("invalid", "The names of the fields are too long for one index.");
  return { name, key, unique };
}
