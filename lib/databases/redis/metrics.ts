import "server-only";
import { type Collector, EMPTY_READING } from "../collector";
import type { RedisWatch } from "./watch";

/** Measures through the monitor's own way in. */
export function createRedisCollector(_watch: RedisWatch): Collector {
  return {
    async collect() {
      return EMPTY_READING;
    },
  };
}
