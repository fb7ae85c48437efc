// What may be done to MongoDB. None of its answers is believed: each act reads again and says what it saw.
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./blind";
import { numberAt } from "./documents";
import { type IndexFigures, indexesNow } from "./objects";
import { type RunningOperation, asSent, runningOperations } from "./operations";
import type { MongoWatch } from "./watch";

const UNAUTHORIZED = 13;
const KILL_MS = 2_000;
/** An operation looks for its end at its next pause; a scan pauses every few milliseconds. */
const GONE_WITHIN_MS = 10_000;
const BUILD_MS = 60_000;
const DROP_MS = 10_000;
/** The start is computed from two clocks that tick apart. */
const SAME_START_MS = 2_000;

export type OperationIdentity = { opid: string; ns: string; op: string; started: string };

/** The very operation, or null: an opid alone may have been given again after a restart. */
export async function theOperation(watch: MongoWatch, wanted: OperationIdentity): Promise<RunningOperation | null> {
  const found = await runningOperations(watch, wanted.opid);
  return found.find((one) => isSame(one, wanted)) ?? null;
}

function isSame({ opid, ns, op, started }: RunningOperation, wanted: OperationIdentity): boolean {
  const apart = started === null ? Infinity : Math.abs(Date.parse(started) - Date.parse(wanted.started));
  return opid === wanted.opid && ns === wanted.ns && op === wanted.op && apart <= SAME_START_MS;
}

/** The server answers `ok` whatever becomes of it, also for one it does not know: so it is looked for until it is gone. */
export async function killOperation(
  watch: MongoWatch,
  wanted: OperationIdentity,
): Promise<"gone" | "still there" | "denied"> {
  const [opid] = asSent(wanted.opid);
  if ((await allowed(() => watch.act("admin", { killOp: 1, op: opid }, KILL_MS))) === "denied") return "denied";
  for (const until = performance.now() + GONE_WITHIN_MS; ; await sleep(200)) {
    if ((await theOperation(watch, wanted)) === null) return "gone";
    if (performance.now() > until) return "still there";
  }
}

async function allowed(work: () => Promise<unknown>): Promise<"denied" | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (codeOf(error) === UNAUTHORIZED) return "denied";
    throw error;
  }
}

/** As the catalogue of the collection has it: at once, and near enough. */
export async function countOf(watch: MongoWatch, collection: string): Promise<number | null> {
  const [row] = await watch.aggregate(watch.database, collection, [{ $collStats: { count: {} } }]);
  return numberAt(row, "count");
}

export type IndexSpec = {
  name: string;
  key: readonly (readonly [field: string, direction: 1 | -1])[];
  unique: boolean;
};

export type Refusal = "exists" | "duplicates" | "limit" | "slow" | "denied";

/** Why the server would not; null when it was built. */
export async function createIndex(
  watch: MongoWatch,
  collection: string,
  { name, key, unique }: IndexSpec,
): Promise<Refusal | null> {
  const index = { name, key: Object.fromEntries(key), ...(unique && { unique }) };
  try {
    await watch.act(watch.database, { createIndexes: collection, indexes: [index] }, BUILD_MS);
    return null;
  } catch (error) {
    const refusal = REFUSALS[codeOf(error) ?? 0];
    if (refusal) return refusal;
    throw error;
  }
}

const REFUSALS: Record<number, Refusal> = {
  [UNAUTHORIZED]: "denied",
  50: "slow",
  67: "limit",
  85: "exists",
  86: "exists",
  262: "slow",
  11000: "duplicates",
};

/** Dropping one that is gone is `ok` on some servers and an error (26, 27) on others. */
export async function dropIndex(watch: MongoWatch, collection: string, name: string): Promise<"denied" | null> {
  return allowed(async () => {
    try {
      await watch.act(watch.database, { dropIndexes: collection, index: name }, DROP_MS);
    } catch (error) {
      if (![26, 27].includes(codeOf(error) ?? 0)) throw error;
    }
  });
}

export async function theIndex(watch: MongoWatch, collection: string, name: string): Promise<IndexFigures | null> {
  return (await indexesNow(watch, collection))?.find((index) => index.name === name) ?? null;
}
