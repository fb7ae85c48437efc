import "server-only";
import { type Collector, EMPTY_READING } from "../collector";
import type { PostgresWatch } from "./watch";

/** Measures through the monitor's own way in. */
export function createPostgresCollector(_watch: PostgresWatch): Collector {
  return {
    async collect() {
      return EMPTY_READING;
    },
  };
}
