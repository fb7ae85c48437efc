import { expect, it } from "vitest";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import { createCollectors } from "./collectors";
import { ENGINES, isMainUser } from "./schema";
import { createWatchers } from "./watchers";

/** Engines whose report says that the console's main user watches. */
async function withMainUser(given: Partial<ReturnType<typeof env>>): Promise<string[]> {
  const watchers = createWatchers({ ...env(), ...given });
  const collectors = createCollectors(watchers);
  const found = await Promise.all(
    ENGINES.map(async (engine) => {
      const reading = await collectors[engine]?.collect(10);
      return reading && isMainUser(reading) ? [engine] : [];
    }),
  );
  await watchers.close();
  return found.flat();
}

it("an engine without a monitor of its own says that the main user watches", async () => {
  await database();
  const { MONGODB_URI, ELASTICSEARCH_URL, REDIS_URL } = env();
  const none = { MONGODB_MONITOR_URI: undefined, ELASTICSEARCH_MONITOR_URL: undefined, REDIS_MONITOR_URL: undefined };
  const own = {
    MONGODB_MONITOR_URI: MONGODB_URI,
    ELASTICSEARCH_MONITOR_URL: ELASTICSEARCH_URL,
    REDIS_MONITOR_URL: REDIS_URL,
  };
  expect(await withMainUser(none)).toEqual(["mongodb", "redis", "elasticsearch"]);
  expect(await withMainUser(own)).toEqual([]);
});
