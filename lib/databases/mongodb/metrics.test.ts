import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { testStores } from "@/lib/testing/stores";
import { CATALOGUE } from "../signals";
import { ROLES, asked } from "./blind";
import { latenciesOf, meanSince } from "./latencies";
import { createMongoCollector } from "./metrics";
import { shapeOf } from "./shape";
import { indexFor } from "./slow";

const client = new mongoose.mongo.MongoClient(env().MONGODB_URI);
const db = client.db();
let stores: Stores;

beforeAll(async () => {
  stores = await testStores();
  const things = Array.from({ length: 3_000 }, (_, n) => ({ n, kind: n % 7, secret: "Ana Núñez" }));
  await db.collection("things").insertMany(things);
});

afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

describe("the collector", () => {
  it("reads what the server reports, and never 0 for what it does not", async () => {
    const collector = createMongoCollector(stores.databases.watchers.mongodb);
    const first = await collector.collect(10);
    await db.collection("things").find({ kind: 3 }).toArray();
    const second = await collector.collect(10);
    expect(second.generation).toBe(first.generation);
    expect(Number(second.counters.queries)).toBeGreaterThan(Number(first.counters.queries));
    expect(second.gauges).toMatchObject({ queued: 0, connections: null, connections_used: null });
    expect(second.blind).toContainEqual(expect.objectContaining({ check: "connections", kind: "not_reported" }));
    expect(second.facts).toMatchObject({ role: "standalone", "up since": expect.stringMatching(/^20.* UTC$/) });
  });

  it("gives cache and scans, and names latencies, tickets, members and oplog as not reported", async () => {
    const { gauges, counters, blind } = await createMongoCollector(stores.databases.watchers.mongodb).collect(60);
    expect(gauges.cache_used).toBeGreaterThan(0);
    expect(gauges.cache_used).toBeLessThan(100);
    expect(gauges.memory).toBeGreaterThan(10 * 1024 ** 2);
    expect(gauges.cache_limit).toBeGreaterThan(gauges.cache_bytes ?? Infinity);
    expect(counters.full_scans).toBeGreaterThan(0);
    expect(counters.eviction_wait).toBeGreaterThanOrEqual(0);
    expect(gauges).toMatchObject({
      read_ms: null,
      tickets_queued: null,
      members_down: null,
      lag_s: null,
      oplog_s: null,
    });
    const absent = blind.filter(({ kind }) => kind === "not_reported").map(({ check }) => check);
    expect(absent).toEqual(
      expect.arrayContaining(["latency of operations", "tickets", "members", "oplog window", "flow control"]),
    );
    expect(blind.every(({ grant }) => grant === null)).toBe(true);
  });

  it("sums sizes over the collections", async () => {
    const { gauges, blind } = await createMongoCollector(stores.databases.watchers.mongodb).collect(900);
    expect(gauges).toMatchObject({ collections: 1, documents: 3_000, unused_indexes: 0 });
    expect(gauges.data_bytes).toBeGreaterThan(100_000);
    expect(blind).toEqual([]);
  });

  it("gives only signals of the catalogue", async () => {
    const known = new Set(CATALOGUE.mongodb.map(({ id }) => id));
    for (const everyS of [10, 60, 900] as const) {
      const { gauges, counters } = await createMongoCollector(stores.databases.watchers.mongodb).collect(everyS);
      expect([...Object.keys(gauges), ...Object.keys(counters)].filter((id) => !known.has(id))).toEqual([]);
    }
  });
});

describe("what is not known", () => {
  const fails = (code: number) =>
    asked({ user: "quadrant_monitor" }, "oplog window", ROLES.local, () =>
      Promise.reject(Object.assign(new Error("no"), { code })),
    );

  it("for lack of a right comes with the statement that grants it", async () => {
    expect(await fails(13)).toMatchObject({
      blind: {
        kind: "denied",
        grant: 'db.grantRolesToUser("quadrant_monitor", [{ role: "read", db: "local" }])',
      },
    });
  });

  it("for lack of the command is not reported, for lack of time is slow, and anything else is thrown", async () => {
    expect(await fails(59)).toMatchObject({ blind: { kind: "not_reported", grant: null } });
    expect(await fails(50)).toMatchObject({ blind: { kind: "slow" } });
    await expect(fails(11_600)).rejects.toThrow("no");
  });
});

describe("latency", () => {
  const server = (latency: number, ops: number) => {
    const kind = { latency, ops };
    return {
      opLatencies: { reads: kind, writes: kind, commands: kind },
      opcounters: { insert: 1, query: 1, update: 0, delete: 0 },
    };
  };

  it("is the mean between two readings of one run of the server", () => {
    const [first, second] = [latenciesOf(server(1_000, 10), "a"), latenciesOf(server(9_000, 14), "a")];
    expect(meanSince(null, first)).toEqual({ read_ms: null, write_ms: null, command_ms: null });
    expect(meanSince(first, second)).toEqual({ read_ms: 2, write_ms: 2, command_ms: 2 });
    expect(meanSince(second, second).read_ms).toBeNull();
    expect(meanSince(first, latenciesOf(server(9_000, 14), "b")).read_ms).toBeNull();
  });

  it("is not kept where its sums stay 0 while operations run", () => {
    expect(latenciesOf(server(0, 0), "a").isKept).toBe(false);
    expect(latenciesOf({}, "a").isKept).toBe(false);
    expect(latenciesOf(server(10, 1), "a").isKept).toBe(true);
  });
});

describe("the form of an operation", () => {
  it("an operation shows its form, and the index that would serve it: equality, order, range", () => {
    const filter = { endpoint: "/me", at: { $gt: new Date() }, tags: { $in: ["a", "b"] }, $or: [{ x: 1 }] };
    expect(indexFor({ filter: { $and: [{ a: { $eq: 1 } }, { b: { $lt: 2 } }] }, sort: null })).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    expect(shapeOf({ find: "activity", filter, sort: { seen: -1 }, lsid: 1 })).toEqual({
      verb: "find",
      collection: "activity",
      text: "find activity { endpoint: ?, at: { $gt: ? }, tags: { $in: [ ? ] }, $or: [ { x: ? } ] } sort { seen: -1 }",
    });
    expect(indexFor({ filter, sort: { seen: -1 } })).toEqual([
      ["endpoint", 1],
      ["tags", 1],
      ["seen", -1],
      ["at", 1],
    ]);
  });
});
