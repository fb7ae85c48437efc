import { type AddressInfo, createServer } from "node:net";
import { Client } from "@elastic/elasticsearch";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ask as run, execute, preview } from "@/lib/core/run";
import type { Actor } from "@/lib/core/operation";
import { createElasticCollector } from "@/lib/databases/elasticsearch/metrics";
import { createWatchers } from "@/lib/databases/watchers";
import { env } from "@/lib/env";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { cancelTask, clearBlock, forceMerge, refreshIndex, retryAllocation } from "./commands";
import * as queries from "./queries";

const { ELASTICSEARCH_URL = "", QUADRANT_NAMESPACE: namespace } = env();
const client = new Client({ node: ELASTICSEARCH_URL, requestTimeout: 30_000, maxRetries: 0 });
const stores = await testStores();
const plain = `${namespace}plain`;
const lonely = `${namespace}lonely`;
let actor: Actor;

const reason = "a test";
const as = () => context(actor);

beforeAll(async () => {
  actor = await staff("ops");
  await client.indices.create({ index: plain, settings: { number_of_replicas: 0 } });
  await client.indices.create({ index: lonely, settings: { number_of_replicas: 1 }, wait_for_active_shards: 1 });
  await client.indices.putAlias({ index: lonely, name: `${namespace}lonely-write` });
});

afterAll(async () => {
  await client.indices.delete({ index: [plain, lonely] });
  await client.close();
});

async function setBlock(index: string, value: boolean): Promise<void> {
  await client.indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": value } });
}

describe("the collector", () => {
  const watch = createWatchers(env());
  afterAll(() => watch.close());

  test("measures the shape, the load and the indices, and says what this server does not report", async () => {
    if (!watch.elasticsearch) throw new Error("The tests need Elasticsearch.");
    const collector = createElasticCollector(watch.elasticsearch);
    const shape = await collector.collect(10);
    expect(shape.gauges).toMatchObject({ red: 0, yellow: 0, nodes: 1, unassigned_primaries: 0 });
    expect(shape.gauges["unassigned"]).toBeGreaterThan(0);
    const load = await collector.collect(60);
    expect(load.gauges).toMatchObject({ report_disk: 0, report_ilm: null, report_shards_availability: null });
    expect(load.gauges["heap_percent"]).toBeGreaterThan(1);
    expect(load.gauges["heap_percent"]).toBeLessThanOrEqual(100);
    expect(load.gauges["heap_floor_percent"]).toBeNull();
    expect(load.counters["search_rate"]).toBeGreaterThanOrEqual(0);
    expect(load.generation).toMatch(/^[\w-]+@\d{13}$/);
    expect(load.blind.map(({ kind, check }) => `${kind}: ${check}`)).toContain(
      "not_reported: health report: shard availability",
    );
    expect(load.rows).toBeGreaterThan(0);
    const objects = await collector.collect(900);
    expect(objects.gauges["indices"]).toBeGreaterThanOrEqual(2);
    expect([shape.blind, objects.blind]).toEqual([[], []]);
  });

  test("counts a write block", async () => {
    if (!watch.elasticsearch) throw new Error("The tests need Elasticsearch.");
    await setBlock(plain, true);
    const { gauges } = await createElasticCollector(watch.elasticsearch).collect(10);
    await setBlock(plain, false);
    expect(gauges["flood_blocks"]).toBeGreaterThanOrEqual(1);
  });
});

describe("what is read", () => {
  test("a missing indicator is absent, a block makes the whole red", async () => {
    await setBlock(plain, true);
    const report = await run(queries.getElasticReport, {}, as(), stores);
    await setBlock(plain, false);
    const ilm = report.indicators.find(({ id }) => id === "ilm");
    expect(ilm).toMatchObject({ status: "absent", symptom: "not reported by this server" });
    expect(report.worst).toBe("red");
    expect(report.blocks).toContainEqual({ index: plain, flood: true, why: expect.stringContaining("flood") });
  });

  test("a copy on a single node has no home, and the answer says why in words", async () => {
    const { indices, nodes } = await run(queries.getElasticShards, {}, as(), stores);
    const found = indices.find(({ index }) => index === lonely);
    expect(nodes).toHaveLength(1);
    expect(found?.homeless).toEqual([{ shard: 0, primary: false, state: "homeless" }]);
    const wanted = { index: lonely, shard: 0, primary: false };
    const answer = await run(queries.explainElasticShard, wanted, as(), stores);
    expect(answer).toMatchObject({ verdict: "No node may take it.", retry_helps: false });
    expect(answer.nodes).toMatchObject([{ may: false, rule: "same_shard", why: "holds a copy of this shard already" }]);
    expect(
      await outcomeOf(run(queries.explainElasticShard, { ...wanted, index: `${namespace}none` }, as(), stores)),
    ).toBe("not_found");
  });

  test("nodes, indices with their aliases, and tasks without the text of a query", async () => {
    const { nodes, watermarks } = await run(queries.getElasticNodes, {}, as(), stores);
    expect(nodes[0]).toMatchObject({ is_master: true, disk: { total: expect.any(Number) } });
    expect(watermarks).toMatchObject({ enabled: false, low: "85%" });
    const { indices } = await run(queries.getElasticIndices, {}, as(), stores);
    expect(indices.find(({ name }) => name === lonely)?.aliases).toEqual([
      { name: `${namespace}lonely-write`, writes: true },
    ]);
    const tasks = await run(queries.getElasticTasks, {}, as(), stores);
    expect(JSON.stringify(tasks)).not.toContain("source[");
  });
});

describe("what is done", () => {
  test("a flood-stage block is cleared, and both steps stand in the audit", async () => {
    await setBlock(plain, true);
    const planned = await preview(clearBlock, { index: plain, reason }, as(), stores);
    expect(planned.diffs[0]).toMatchObject({ before: { writes: "refused by the flood-stage block" } });
    const saved = await execute(clearBlock, { index: plain, reason }, as(), stores, { plan: planned.plan });
    expect(saved.note).toBe(`${plain} takes writes again.`);
    await client.index({ index: plain, document: { a: 1 } });
    const events = await eventsOf(`index ${plain}`);
    expect(events.map(({ body }) => body).map((body) => JSON.stringify(body))).toEqual([
      expect.stringContaining("requested"),
      expect.stringContaining("done"),
    ]);
    const again = await failureOf(execute(clearBlock, { index: plain, reason }, as(), stores));
    expect([again.code, again.message]).toEqual(["conflict", "It has no flood-stage block."]);
  });

  test.each(["*", "_all", "-x", ".security", "a,b", "A", "x/_close", "x y", "", "users*", "%2a", "<x>", "x\u0000"])(
    "%j is the name of no index",
    async (index) => {
      const other = context(await staff("ops"));
      for (const act of [clearBlock, refreshIndex, forceMerge]) {
        expect(await outcomeOf(execute(act, { index, reason }, other, stores))).toBe("invalid");
      }
    },
  );

  test("an index that is not there, and an alias, are not found", async () => {
    for (const index of [`${namespace}none`, `${namespace}lonely-write`]) {
      const other = context(await staff("ops"));
      for (const act of [clearBlock, refreshIndex, forceMerge]) {
        expect(await outcomeOf(execute(act, { index, reason }, other, stores))).toBe("not_found");
      }
    }
  });

  test("refresh makes searchable what was written", async () => {
    await client.indices.putSettings({ index: plain, settings: { refresh_interval: "-1" } });
    await client.index({ index: plain, id: "later", document: { a: 2 } });
    const { note } = await execute(refreshIndex, { index: plain, reason }, as(), stores);
    expect(note).toMatch(/^1 copy refreshed/);
    expect((await client.search({ index: plain, query: { ids: { values: ["later"] } } })).hits.hits).toHaveLength(1);
  });

  test("force-merge leaves one segment, and is refused for the write index of an alias", async () => {
    for (const a of [3, 4]) await client.index({ index: plain, document: { a }, refresh: true });
    const saved = await execute(forceMerge, { index: plain, reason }, as(), stores);
    expect(saved.after).toEqual({ segments: 1 });
    const refused = await failureOf(execute(forceMerge, { index: lonely, reason }, as(), stores));
    expect([refused.code, refused.message]).toEqual([
      "conflict",
      expect.stringContaining("takes the writes of the alias"),
    ]);
  });

  test("retrying is refused where it cannot help, for the copy never failed", async () => {
    const planned = await preview(retryAllocation, { reason }, as(), stores);
    expect(planned).toMatchObject({ will: 0, refused: [{ reason: expect.stringContaining("changes nothing") }] });
    expect(await outcomeOf(execute(retryAllocation, { reason }, as(), stores))).toBe("conflict");
  });

  test("a closed index is refused as one", async () => {
    const index = `${namespace}closed`;
    await client.indices.create({ index, settings: { number_of_replicas: 0 } });
    await client.indices.close({ index });
    const other = context(await staff("ops"));
    for (const act of [clearBlock, refreshIndex, forceMerge]) {
      for (const run of [preview, execute]) {
        const { code, message } = await failureOf(run(act, { index, reason }, other, stores));
        expect([code, message]).toEqual(["conflict", "The index is closed."]);
      }
    }
    await client.indices.delete({ index });
  });

  test(
    "a server that hangs is away long before an act would be, also for its preview",
    { timeout: 60_000 },
    async () => {
      const silent = createServer(() => {});
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const { port } = silent.address() as AddressInfo;
      const hung = await testStores({ env: { ELASTICSEARCH_URL: `http://127.0.0.1:${port}` } });
      // An act may take a minute; what is read before it may not.
      const began = performance.now();
      expect(await outcomeOf(preview(refreshIndex, { index: plain, reason }, as(), hung))).toBe("unavailable");
      expect(await outcomeOf(preview(retryAllocation, { reason }, as(), hung))).toBe("unavailable");
      expect(performance.now() - began).toBeLessThan(20_000);
      silent.close();
    },
  );

  test("a task that is not there is not found, and what is no id is invalid", async () => {
    const [node = ""] = Object.keys((await client.nodes.info()).nodes);
    for (const task of [`${node}:999999999`, "abcdefghij:1"]) {
      expect(await outcomeOf(execute(cancelTask, { task, reason }, as(), stores))).toBe("not_found");
    }
    for (const task of ["*", "x", `${node}:*`, `${node}:1/_cancel`, "a:1,b:2"]) {
      expect(await outcomeOf(execute(cancelTask, { task, reason }, as(), stores))).toBe("invalid");
    }
  });

  test("a long search ends when its task is cancelled", { timeout: 120_000 }, async () => {
    const slow = await longSearch();
    try {
      const found = await vi.waitUntil(async () => {
        const { running } = await run(queries.getElasticTasks, {}, as(), stores);
        return running.find(({ indices }) => indices === slow.index);
      }, 20_000);
      expect(found).toMatchObject({ action: "Search", cancellable: true });
      const saved = await execute(cancelTask, { task: found.id, reason }, as(), stores);
      expect(saved.note).toBe("The task has ended.");
      expect(await slow.answer).toMatch(/cancelled/);
      const [requested, outcome] = await eventsOf(`task ${found.id}`);
      expect([requested?.body, outcome?.body]).toMatchObject([{ reason }, { reason }]);
    } finally {
      await slow.answer;
      await client.indices.delete({ index: slow.index });
    }
  });
});

/** Many patterns over many different words keep one shard busy for seconds, with little memory. */
async function longSearch() {
  const index = `${namespace}words`;
  const mappings = { properties: { word: { type: "keyword" } } } as const;
  await client.indices.create({ index, settings: { number_of_replicas: 0 }, mappings });
  const words = Array.from({ length: 20_000 }, (_, n) => `${n * 7919} ${"abcdefghij".repeat(40)}`);
  const operations = words.flatMap((word) => [{ index: {} }, { word }]);
  await client.bulk({ index, operations, refresh: true }, { requestTimeout: 60_000 });
  const should = Array.from({ length: 900 }, (_, n) => ({ wildcard: { word: `*${n}*z` } }));
  const search = client.search({ index, size: 0, query: { bool: { should } } }, { requestTimeout: 100_000 });
  return {
    index,
    answer: search.then(
      () => "ended by itself",
      (error: Error) => error.message,
    ),
  };
}
