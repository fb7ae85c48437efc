import "server-only";
import { type Collector, EMPTY_READING } from "../collector";
import type { MongoWatch } from "./watch";

/** Measures through the monitor's own way in. */
export function createMongoCollector(_watch: MongoWatch): Collector {
  return {
    async collect() {
      return EMPTY_READING;
    },
  };
}
