import "server-only";
import type { Collector } from "../collector";
import type { EveryS } from "../signal";
import { collectLive } from "./collect-live";
import { createObjectsPass } from "./collect-objects";
import { createStatsPass } from "./collect-stats";
import type { MongoWatch } from "./watch";

/** Measures through the monitor's own way in. */
export function createMongoCollector(watch: MongoWatch): Collector {
  const passes: Record<EveryS, () => ReturnType<Collector["collect"]>> = {
    10: () => collectLive(watch),
    60: createStatsPass(watch),
    900: createObjectsPass(watch),
  };
  return { collect: (everyS) => passes[everyS]() };
}
