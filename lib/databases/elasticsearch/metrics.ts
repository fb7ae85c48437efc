import "server-only";
import { type Collector, EMPTY_READING } from "../collector";
import type { ElasticWatch } from "./watch";

/** Measures through the monitor's own way in. */
export function createElasticCollector(_watch: ElasticWatch): Collector {
  return {
    async collect() {
      return EMPTY_READING;
    },
  };
}
