import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@elastic/elasticsearch";
import { Redis } from "ioredis";
import { afterAll, expect, it } from "vitest";
import type { Collector } from "@/lib/databases/collector";
import { createElasticCollector } from "@/lib/databases/elasticsearch/metrics";
import { createMongoCollector } from "@/lib/databases/mongodb/metrics";
import { createPostgresCollector } from "@/lib/databases/postgres/metrics";
import { Pool } from "@/lib/databases/postgres/pool";
import { checksFor } from "@/lib/databases/postgres/slow-checks";
import { createRedisCollector } from "@/lib/databases/redis/metrics";
import { createRedisWatch } from "@/lib/databases/redis/watch";
import type { Engine } from "@/lib/databases/schema";
import { createWatchers } from "@/lib/databases/watchers";
import { env } from "@/lib/env";
import { database } from "@/lib/testing/database";
import * as elasticsearch from "@/app/(console)/health/elasticsearch/figures";
import { type Figure, blindOf, textOf } from "@/app/(console)/health/frame/figures";
import * as mongodb from "@/app/(console)/health/mongodb/figures";
import * as postgres from "@/app/(console)/health/postgres/figures-of";
import * as redis from "@/app/(console)/health/redis/figures";
import { CARD_FIGURES } from "@/app/(console)/health/overview/card-figures";

const SHOWN = { postgres, mongodb, redis, elasticsearch };
const word = randomBytes(4).toString("hex");
const watchers = createWatchers(env());
afterAll(() => watchers.close());

/** What stands on the card and at the head of the page: a value, the kind of blindness, or a dash. */
async function shown(engine: Engine, collector: Collector): Promise<[label: string, text: string][]> {
  const [live, minute] = [await collector.collect(10), await collector.collect(60)];
  const values = { ...live.gauges, ...minute.gauges };
  const report = { blind: [...live.blind, ...minute.blind] };
  const told = (figure: Figure) => textOf(figure, values) ?? blindOf(figure, report)?.kind ?? "–";
  return [...SHOWN[engine].FIGURES, ...CARD_FIGURES[engine]].map((figure) => [figure.label, told(figure)]);
}

it("a monitor of PostgreSQL without its rights leaves no figure of sessions as a dash", async () => {
  const sql = await database();
  const role = `q_card_${word}`;
  const url = new URL(env().MONITOR_DATABASE_URL);
  await sql.unsafe(
    `create role ${role} login password '${word}'; grant connect on database ${url.pathname.slice(1)} to ${role}`,
  );
  [url.username, url.password] = [role, word];
  const bare = new Pool({ name: "bare", url: url.href, max: 1 });
  const texts = await shown("postgres", createPostgresCollector({ monitor: bare }));
  await bare.close();
  await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
  const denied = texts.filter(([, text]) => text === "denied").map(([label]) => label);
  expect(denied).toEqual(["Connections", "Connections", "Longest transaction", "Blocked sessions"]);
  const used = [...postgres.FIGURES, ...CARD_FIGURES.postgres].flatMap(({ checks }) => checks);
  const known = checksFor(180_000).map(({ check }) => check);
  expect(used.filter((check) => !known.includes(check))).toEqual([]);
});

it("a monitor of Redis without its rights leaves no figure as a dash", async () => {
  const admin = new Redis(env().REDIS_URL ?? "");
  const user = `q-card-${word}`;
  await admin.call("ACL", "SETUSER", user, "on", `>${word}`, "resetkeys", "-@all", "+ping");
  const url = new URL(env().REDIS_URL ?? "");
  [url.username, url.password] = [user, word];
  const watch = createRedisWatch({ ...env(), REDIS_MONITOR_URL: url.href });
  if (!watch) throw new Error("The tests need Redis.");
  const texts = await shown("redis", createRedisCollector(watch));
  await watch.close();
  await admin.call("ACL", "DELUSER", user);
  admin.disconnect();
  expect(texts.filter(([, text]) => text !== "denied")).toEqual([]);
});

it("a monitor of MongoDB without its rights leaves no figure as a dash", async () => {
  const { mongodb: watch } = watchers;
  const refused = () => Promise.reject(Object.assign(new Error("not authorized"), { code: 13 }));
  const command: typeof watch.command = (database, body) =>
    "hello" in body ? watch.command(database, body) : refused();
  const texts = await shown("mongodb", createMongoCollector({ ...watch, command, aggregate: refused }));
  expect(texts.filter(([, text]) => text !== "denied")).toEqual([]);
});

it("a monitor of Elasticsearch without its rights leaves no figure as a dash", async () => {
  const refusing = createServer((_request, response) => {
    response.writeHead(403, { "content-type": "application/json" }).end('{"error":{"type":"security_exception"}}');
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  const { port } = refusing.address() as AddressInfo;
  const monitor = new Client({ node: `http://127.0.0.1:${port}`, maxRetries: 0 });
  const real = watchers.elasticsearch;
  if (!real) throw new Error("The tests need Elasticsearch.");
  const texts = await shown("elasticsearch", createElasticCollector({ ...real, monitor }));
  await monitor.close();
  refusing.close();
  expect(texts.filter(([, text]) => text !== "denied")).toEqual([]);
});
