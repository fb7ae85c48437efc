// Empties the local platform and fills it again: npm run db:reset [-- --empty]
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import mongoose from "mongoose";
import postgres from "postgres";
import { env, requireEnv } from "@/lib/env";
import { bootstrap } from "./bootstrap";
import { migrateAll } from "./migrate";
import { runAsScript, say } from "./script";
import { seedPlatform } from "./seed/main";
import { rollbackElasticsearch } from "./stores/elasticsearch";

const EVERY_STEP = 1_000;

async function recreatePostgres(adminUrl: string): Promise<void> {
  const name = new URL(env().DATABASE_URL).pathname.slice(1);
  const server = postgres(new URL("/postgres", adminUrl).href, { max: 1, onnotice: () => {} });
  try {
    await server`DROP DATABASE IF EXISTS ${server(name)} WITH (FORCE)`;
    await server`CREATE DATABASE ${server(name)}`;
  } finally {
    await server.end();
  }
  const database = postgres(new URL(`/${name}`, adminUrl).href, { max: 1, onnotice: () => {} });
  try {
    await database.unsafe(await readFile(new URL("./roles.sql", import.meta.url), "utf8"));
  } finally {
    await database.end();
  }
}

async function emptyMongodb(): Promise<void> {
  const connection = await mongoose.createConnection(env().MONGODB_URI).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

/** Cached sessions and records of people who are gone. */
async function emptyRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  try {
    for await (const keys of redis.scanStream({ match: `${env().QUADRANT_NAMESPACE}q:*`, count: 1_000 })) {
      if (keys.length > 0) await redis.unlink(keys);
    }
  } finally {
    redis.disconnect();
  }
}

async function emptyElasticsearch(url: string): Promise<void> {
  try {
    await rollbackElasticsearch(url, env().QUADRANT_NAMESPACE, EVERY_STEP);
  } catch {
    say("Elasticsearch: does not answer; its index is rebuilt as soon as it does");
  }
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { empty: { type: "boolean", default: false } } });
  if (env().QUADRANT_STACK !== "local") throw new Error("Only the local stack can be reset.");
  const { REDIS_URL: redisUrl, ELASTICSEARCH_URL: searchUrl } = env();
  await recreatePostgres(requireEnv("ADMIN_DATABASE_URL"));
  await emptyMongodb();
  if (redisUrl) await emptyRedis(redisUrl);
  if (searchUrl) await emptyElasticsearch(searchUrl);
  say("emptied");
  await migrateAll();
  await bootstrap();
  if (!values.empty) await seedPlatform({ users: 2_000, seed: 42 });
});
