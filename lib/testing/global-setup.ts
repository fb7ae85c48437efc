// Once per run of the tests: the template is there before the first file needs it, what they made goes after the last.
import "../../stack/test-env.mjs";
import { Client } from "@elastic/elasticsearch";
import { Redis } from "ioredis";
import { TEST_PREFIX, dropClones, ensureTemplate } from "./template";

export async function setup(): Promise<() => Promise<void>> {
  await dropClones();
  await ensureTemplate();
  return async () => {
    await dropClones();
    await dropIndices();
    await dropKeys();
  };
}

const NAMES = TEST_PREFIX.replaceAll("_", "-");

/** A server full of shards nobody needs is another server: the stories in the browser that follow would meet it. */
async function dropIndices(): Promise<void> {
  const node = process.env.ELASTICSEARCH_URL;
  if (!node) return;
  const client = new Client({ node, requestTimeout: 30_000 });
  const names = Object.keys(await client.indices.get({ index: `${NAMES}*` }));
  for (let at = 0; at < names.length; at += 20) await client.indices.delete({ index: names.slice(at, at + 20) });
  await client.close();
}

/** So would a sample of its keys. */
async function dropKeys(): Promise<void> {
  const url = process.env.REDIS_URL;
  if (!url) return;
  const redis = new Redis(url, { connectTimeout: 5_000, maxRetriesPerRequest: 1 });
  for await (const keys of redis.scanStream({ match: `${NAMES}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.unlink(keys);
  }
  redis.disconnect();
}
