import { setTimeout as sleep } from "node:timers/promises";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, In } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { env } from "@/lib/env";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { until } from "@/lib/testing/sessions";
import { testStores } from "@/lib/testing/stores";
import { createMongoIndex, dropMongoIndex, killOperation } from "./commands";
import {
  getMongoReplica,
  listMongoCollections,
  listMongoOperations,
  listMongoSlow,
  validateMongoCollection,
} from "./queries";

const client = new mongoose.mongo.MongoClient(env().MONGODB_URI);
const db = client.db();
let stores: Stores;
let ctx: Context;

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("ops"));
  await db.createCollection("things", { validator: { n: { $type: "int" } }, validationLevel: "moderate" });
  const things = Array.from({ length: 3_000 }, (_, n) => ({ n, kind: n % 7, secret: "Ana Núñez" }));
  await db.collection("things").insertMany(things);
});

afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

/** Compares every thing with every other: minutes of work that looks at nothing but this collection. */
function longOperation(): Promise<number | "done"> {
  const pipeline = [
    { $match: { secret: "Ana Núñez" } },
    {
      $lookup: {
        from: "things",
        let: { n: "$n" },
        pipeline: [{ $match: { $expr: { $lt: ["$$n", "$n"] } } }, { $count: "below" }],
        as: "others",
      },
    },
    { $count: "all" },
  ];
  return db
    .collection("things")
    .aggregate(pipeline)
    .toArray()
    .then(
      () => "done" as const,
      (error: { code: number }) => error.code,
    );
}

async function theLongOne() {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100)) {
    const { operations } = await ask(listMongoOperations, {}, ctx, stores);
    const found = operations.find(({ ns, seconds }) => ns === `${db.databaseName}.things` && (seconds ?? 0) > 0.3);
    if (found) return found;
  }
  throw new Error("The long operation was not seen.");
}

/** The server notes one operation in a hundred, by chance. Answers how many forms of ours it has noted. */
async function runAndCountNoted(): Promise<number> {
  const find = () => db.collection("things").findOne({ secret: "Ana Núñez", kind: 3 });
  await Promise.all(Array.from({ length: 200 }, find));
  const ours = { "key.queryShape.cmdNs": { db: db.databaseName, coll: "things" } };
  return (
    await client
      .db("admin")
      .aggregate([{ $queryStats: {} }, { $match: ours }])
      .toArray()
  ).length;
}

const reason = "Nobody waits for it";

describe("what is looked at", () => {
  it("collections with sizes, validator and use of indexes", async () => {
    const { collections, indexes, more } = await ask(listMongoCollections, {}, ctx, stores);
    expect(collections).toEqual([
      expect.objectContaining({ name: "things", documents: 3_000, validator: { level: "moderate", action: "error" } }),
    ]);
    expect(indexes).toEqual([expect.objectContaining({ collection: "things", name: "_id_", advice: "identity" })]);
    expect(more).toBe(0);
  });

  it("slow operations by form, without a value; a profiler that is not there is named", async () => {
    await until(runAndCountNoted, (noted) => noted > 0);
    const { source, operations, profiler_ms, blind } = await ask(listMongoSlow, {}, ctx, stores);
    expect(JSON.stringify(operations)).not.toContain("Ana");
    expect([source, profiler_ms]).toEqual(["statistics", null]);
    expect(blind).toContainEqual(expect.objectContaining({ check: "profiler", kind: "not_reported" }));
  });

  it("documents that break the validator, on demand", async () => {
    const collection = "things";
    expect(await ask(validateMongoCollection, { collection }, ctx, stores)).toMatchObject({ broken: 0, blind: null });
    await db.collection(collection).insertOne({ n: "one" }, { bypassDocumentValidation: true });
    expect(await ask(validateMongoCollection, { collection }, ctx, stores)).toMatchObject({ broken: 1 });
    await db.collection(collection).deleteOne({ n: "one" }, {});
    expect(await outcomeOf(ask(validateMongoCollection, { collection: "nowhere" }, ctx, stores))).toBe("not_found");
    expect(await outcomeOf(ask(validateMongoCollection, { collection: "$cmd" }, ctx, stores))).toBe("invalid");
  });

  it("a server of its own has no members, and says so", async () => {
    const { set, members, blind } = await ask(getMongoReplica, {}, ctx, stores);
    expect([set, members]).toEqual([null, []]);
    expect(blind.map(({ check, kind }) => `${check} ${kind}`)).toEqual([
      "members not_reported",
      "oplog window not_reported",
    ]);
  });
});

it("without MongoDB what is read live says that it is away", async () => {
  const away = await testStores({ env: { MONGODB_URI: "mongodb://127.0.0.1:9/quadrant?directConnection=true" } });
  for (const query of [listMongoOperations, listMongoSlow, getMongoReplica]) {
    expect([query.action, await outcomeOf(ask(query, {}, ctx, away))]).toEqual([query.action, "unavailable"]);
  }
  const input = { opid: "1", ns: "a.b", op: "command", started: new Date().toISOString(), reason };
  expect(await outcomeOf(execute(killOperation, input, ctx, away))).toBe("unavailable");
  expect(await eventsOf("operation 1")).toEqual([]);
});

describe("killing an operation", () => {
  const target = ({ opid, ns, op, started }: Awaited<ReturnType<typeof theLongOne>>) => ({
    opid,
    ns,
    op,
    started: started ?? "",
  });

  it("ends it, is seen to have ended it, and is audited before and after", async () => {
    const result = longOperation();
    const found = await theLongOne();
    expect(found).toMatchObject({ kind: "client", refused: null, plan: "COLLSCAN" });
    expect(found.shape).toMatch(/^aggregate things \[ \{ \$match: \{ secret: \? \} \}/);
    const saved = await execute(killOperation, { ...target(found), reason }, ctx, stores);
    expect(await result).toBe(11_601);
    expect(saved.after).toMatchObject({ state: "ended" });
    const events = await eventsOf(`operation ${found.opid}`);
    expect(events.map(({ body }) => body.outcome)).toEqual(["requested", "done"]);
    expect(events.every(({ body }) => body.reason === reason)).toBe(true);
    expect(JSON.stringify(events)).not.toContain("Ana");
    expect(await outcomeOf(execute(killOperation, { ...target(found), reason }, ctx, stores))).toBe("not_found");
  });

  it("leaves alone what is not exactly the operation that was shown", async () => {
    const result = longOperation();
    const found = await theLongOne();
    const earlier = new Date(Date.parse(found.started ?? "") - 60_000).toISOString();
    const others = [{ started: earlier }, { ns: "quadrant.users" }, { op: "insert" }, { opid: "999999999" }];
    for (const other of others) {
      const input = { ...target(found), ...other, reason };
      expect(await outcomeOf(execute(killOperation, input, ctx, stores))).toBe("not_found");
    }
    await execute(killOperation, { ...target(found), reason }, ctx, stores);
    expect(await result).toBe(11_601);
  });

  it("never touches a thread of the server", async () => {
    const { operations } = await ask(listMongoOperations, {}, ctx, stores);
    const threads = operations.filter(({ kind }) => kind === "system");
    expect(threads.length).toBeGreaterThan(0);
    expect(operations.filter(({ shape }) => shape.includes("$currentOp"))).toEqual([]);
    for (const thread of threads) expect(thread.refused).toMatch(/thread of the server/);
    const [thread] = threads;
    const input = { opid: thread?.opid ?? "", ns: "", op: "none", started: new Date().toISOString(), reason };
    expect(["not_found", "conflict"]).toContain(await outcomeOf(execute(killOperation, input, ctx, stores)));
  });

  it.each(["", "1; db.dropDatabase()", "-1", "1e9", "*", "{}"])("refuses the number %j", async (opid) => {
    const input = { opid, ns: "x.y", op: "command", started: new Date().toISOString(), reason };
    expect(await outcomeOf(execute(killOperation, input, ctx, stores))).toBe("invalid");
  });
});

describe("indexes", () => {
  const names = async () => (await db.collection("things").indexes()).map(({ name }) => name);

  it("are built as previewed, and dropped again", async () => {
    const input = { collection: "things", keys: [{ field: "kind", direction: 1 }], reason } as const;
    const seen = await preview(createMongoIndex, { ...input, keys: [...input.keys] }, ctx, stores);
    expect(seen).toMatchObject({ will: 1, touches: [{ store: "mongodb", count: 3_000 }] });
    expect(await names()).toEqual(["_id_"]);
    const saved = await execute(createMongoIndex, { collection: "things", keys: "kind, -n", reason }, ctx, stores);
    expect(saved.after).toEqual({ indexes: ["_id_", "kind_1_n_-1"] });
    expect((await eventsOf("index things.kind_1_n_-1")).map(({ body }) => body.outcome)).toEqual(["requested", "done"]);

    await execute(createMongoIndex, { ...input, keys: [...input.keys] }, ctx, stores);
    const { indexes } = await ask(listMongoCollections, {}, ctx, stores);
    expect(indexes.find(({ name }) => name === "kind_1")).toMatchObject({ advice: "redundant", by: "kind_1_n_-1" });
    await execute(dropMongoIndex, { collection: "things", index: "kind_1", reason }, ctx, stores);
    expect(await names()).toEqual(["_id_", "kind_1_n_-1"]);
    expect(
      await outcomeOf(execute(dropMongoIndex, { collection: "things", index: "kind_1", reason }, ctx, stores)),
    ).toBe("not_found");
  });

  it("that are used go only when their name is typed", async () => {
    await db.collection("things").createIndex({ n: 1 });
    await db.collection("things").find({ n: 5 }).toArray();
    const input = { collection: "things", index: "n_1", reason };
    const refused = await failureOf(execute(dropMongoIndex, input, ctx, stores));
    expect([refused.code, refused.message]).toEqual(["conflict", expect.stringMatching(/in use: \d+ reads/)]);
    expect(await outcomeOf(execute(dropMongoIndex, { ...input, confirm: "n_2" }, ctx, stores))).toBe("conflict");
    await execute(dropMongoIndex, { ...input, confirm: "n_1" }, ctx, stores);
    expect(await names()).not.toContain("n_1");
  });

  it("on _id and unique ones stay", async () => {
    await db.collection("things").createIndex({ n: -1 }, { unique: true, name: "one_n" });
    for (const index of ["_id_", "one_n"]) {
      const input = { collection: "things", index, confirm: index, reason };
      expect(await outcomeOf(execute(dropMongoIndex, input, ctx, stores))).toBe("conflict");
    }
    expect(await names()).toEqual(expect.arrayContaining(["_id_", "one_n"]));
  });

  it("are not built twice, not where values repeat, and make no collection", async () => {
    const build = (input: Omit<In<typeof createMongoIndex>, "reason">) =>
      outcomeOf(execute(createMongoIndex, { ...input, reason }, ctx, stores));
    await db.collection("things").createIndex({ kind: -1 });
    expect(await build({ collection: "things", keys: "-kind" })).toBe("conflict");
    expect(await build({ collection: "things", keys: "secret", unique: true })).toBe("conflict");
    expect(await build({ collection: "nowhere", keys: "n" })).toBe("not_found");
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(["things"]);
  });

  it.each([
    ["things", "$where"],
    ["things", ""],
    ["things", "a.$b"],
    ["things", "a, a"],
    ["things", "a, b, c, d, e, f, g"],
    ["things", "n\u0000x"],
    ["system.views", "n"],
    ["$cmd", "n"],
    ["../admin", "n"],
  ])("refuses the odd names %j %j", async (collection, keys) => {
    expect(await outcomeOf(execute(createMongoIndex, { collection, keys, reason }, ctx, stores))).toBe("invalid");
  });

  it.each(["*", "$**", ""])("never drops the index %j", async (index) => {
    const input = { collection: "things", index, reason };
    expect(await outcomeOf(execute(dropMongoIndex, input, ctx, stores))).toBe("invalid");
  });
});
