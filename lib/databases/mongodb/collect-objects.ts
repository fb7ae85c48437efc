// Every quarter of an hour: sizes of collections and use of indexes, a hundred collections at a time.
import "server-only";
import { EMPTY_READING, type Reading } from "../collector";
import type { Blind, Values } from "../schema";
import { adviceOn } from "./advice";
import { ROLES, asked } from "./blind";
import { sum } from "./documents";
import { type CollectionFigures, type CollectionName, collectionFigures, collectionNames } from "./objects";
import type { MongoWatch } from "./watch";

const PER_PASS = 100;
/** The pass ends here and the next one goes on; the sampler waits for 8 s. */
const BUDGET_MS = 5_000;

export function createObjectsPass(watch: MongoWatch): () => Promise<Reading> {
  const known = new Map<string, CollectionFigures>();
  let next = 0;

  /** Measures the next ones in turn; answers what could not be seen. */
  async function measure(names: readonly CollectionName[]): Promise<Blind[]> {
    const blind = new Map<string, Blind>();
    const until = performance.now() + BUDGET_MS;
    for (let done = 0; done < Math.min(PER_PASS, names.length) && performance.now() < until; done += 1) {
      const collection = names[next % names.length];
      next = (next + 1) % names.length;
      const found = collection && (await collectionFigures(watch, collection));
      if (!found) continue;
      known.set(found.figures.name, found.figures);
      for (const one of found.blind) blind.set(one.check, one);
    }
    return [...blind.values()];
  }

  return async () => {
    const names = await asked(watch, "collections", ROLES.monitor, () => collectionNames(watch));
    if (!names.ok) return { ...EMPTY_READING, blind: [names.blind] };
    const present = new Set(names.value.map(({ name }) => name));
    for (const name of known.keys()) if (!present.has(name)) known.delete(name);
    const blind = await measure(names.value);
    const gauges = { collections: names.value.length, ...totals([...known.values()]) };
    return { ...EMPTY_READING, gauges, blind, rows: Math.min(PER_PASS, names.value.length) };
  };
}

function totals(known: readonly CollectionFigures[]): Values {
  const storage = sum(known.map(({ storage_bytes }) => storage_bytes));
  const reusable = sum(known.map(({ reusable_bytes }) => reusable_bytes));
  const now = new Date();
  const unused = known.flatMap(({ indexes }) =>
    indexes.filter((index) => adviceOn(index, indexes, now).advice === "unused"),
  );
  return {
    documents: sum(known.map(({ documents }) => documents)),
    data_bytes: sum(known.map(({ data_bytes }) => data_bytes)),
    storage_bytes: storage,
    index_bytes: sum(known.map(({ index_bytes }) => index_bytes)),
    reusable: storage && reusable !== null ? (reusable / storage) * 100 : null,
    unused_indexes: unused.length,
  };
}
