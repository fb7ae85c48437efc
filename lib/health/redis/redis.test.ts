import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/core/operation";
import { ask, execute, preview } from "@/lib/core/run";
import type { Stores } from "@/lib/core/stores";
import { createRedisCollector } from "@/lib/databases/redis/metrics";
import { createRedisWatch } from "@/lib/databases/redis/watch";
import { env } from "@/lib/env";
import { context, staff } from "@/lib/testing/factories";
import { eventsOf, failureOf, outcomeOf } from "@/lib/testing/observe";
import { testStores } from "@/lib/testing/stores";
import { deleteKeys, killClient, purgeMemory, resetSlowlog } from "./commands";
import { getRedisKeys, getRedisSlowlog, getRedisState, listRedisClients, listRedisCommands } from "./queries";

const url = env().REDIS_URL ?? "";
const admin = new Redis(url);
const monitor = new Redis(env().REDIS_MONITOR_URL ?? url);
/** Names of this run: the server is shared. */
const tag = `t${randomUUID().slice(0, 8)}`;
const blindUser = `quadrant_blind_${tag}`;

let stores: Stores;
let ctx: Context;
const reason = "Because of the test";

beforeAll(async () => {
  stores = await testStores();
  ctx = context(await staff("superadmin"));
});

afterAll(async () => {
  for await (const keys of admin.scanStream({ match: `${tag}*`, count: 1_000 })) {
    if (keys.length > 0) await admin.unlink(keys);
  }
  await admin.call("ACL", "DELUSER", blindUser);
  admin.disconnect();
  monitor.disconnect();
});

/** The value of a read that must not be blind. */
async function seen<T>(read: Promise<{ ok: true; value: T } | { ok: false; blind: unknown }>): Promise<T> {
  const answer = await read;
  if (!answer.ok) throw new Error(JSON.stringify(answer.blind));
  return answer.value;
}

async function stranger(): Promise<{ redis: Redis; id: number; addr: string }> {
  const redis = new Redis(url, { connectionName: `${tag}-stranger`, retryStrategy: null });
  redis.on("error", () => {});
  const id = Number(await redis.call("CLIENT", "ID"));
  const line = String(await redis.call("CLIENT", "INFO"));
  return { redis, id, addr: /addr=(\S+)/.exec(line)?.[1] ?? "" };
}

async function fill(prefix: string, count: number): Promise<void> {
  const pipeline = admin.pipeline();
  for (let at = 0; at < count; at += 1) pipeline.set(`${prefix}:${at}`, "x", "EX", 600);
  await pipeline.exec();
}

describe("the monitor", () => {
  it("has a user of its own that reads every figure", async () => {
    const watch = createRedisWatch(env());
    expect(watch).toMatchObject({ hasOwnUser: true, user: "quadrant_monitor" });
    if (!watch) return;
    const collector = createRedisCollector(watch);
    for (const everyS of [10, 60, 900] as const) {
      const { blind, gauges } = await collector.collect(everyS);
      expect(blind.filter(({ kind }) => kind === "denied")).toEqual([]);
      expect(Object.keys(gauges).length).toBeGreaterThan(0);
    }
    await watch.close();
  });

  it.each([
    ["GET", "x"],
    ["KEYS", "*"],
    ["CONFIG", "GET", "requirepass"],
    ["FLUSHALL"],
    ["DEL", "x"],
    ["EVAL", "return 1", "0"],
    ["CLIENT", "KILL", "ID", "1"],
    ["SLOWLOG", "RESET"],
    ["MONITOR"],
  ])("is refused %s", async (...words) => {
    const [command = "", ...rest] = words;
    await expect(monitor.call(command, ...rest)).rejects.toThrow(/NOPERM/);
  });

  it("without a right is blind, and names the line that grants it", async () => {
    await admin.call("ACL", "SETUSER", blindUser, "on", ">blind", "~*", "+@all", "-slowlog", "-client|list");
    const address = new URL(url);
    [address.username, address.password] = [blindUser, "blind"];
    const blind = await testStores({ env: { REDIS_MONITOR_URL: address.href } });
    expect(await ask(getRedisSlowlog, {}, ctx, blind)).toMatchObject({
      ok: false,
      blind: { kind: "denied", grant: `ACL SETUSER ${blindUser} +slowlog|len` },
    });
    const watch = blind.databases.watchers.redis;
    const reading = watch && (await createRedisCollector(watch).collect(60));
    expect(reading?.gauges).toMatchObject({ client_bytes_max: null, clients_idle: null });
    expect(reading?.blind).toContainEqual(
      expect.objectContaining({ check: "clients", kind: "denied", grant: `ACL SETUSER ${blindUser} +client|list` }),
    );
  });

  it("finds its way back after the connection was lost", async () => {
    const watch = createRedisWatch(env());
    await watch?.monitor.ping();
    watch?.monitor.disconnect();
    await expect.poll(() => watch?.monitor.ping().catch(() => "")).toBe("PONG");
    await watch?.close();
  });
});

describe("what is read", () => {
  it("tells memory, persistence, replication and commands", async () => {
    const state = await seen(ask(getRedisState, {}, ctx, stores));
    expect(state.memory.used).toBeGreaterThan(0);
    expect(state).toMatchObject({ replication: { role: "primary" }, cluster: null });
    expect((await seen(ask(listRedisCommands, {}, ctx, stores))).length).toBeGreaterThan(0);
  });

  it("shows a slow command without its arguments", async () => {
    const loop = "local t = 0 for i = 1, 3000000 do t = t + i end return 'personal'";
    await admin.eval(loop, 1, `${tag}:personal`, "ana@example.com");
    const { entries } = await seen(ask(getRedisSlowlog, {}, ctx, stores));
    const entry = entries.find(({ text }) => text.includes(tag));
    expect(entry).toMatchObject({ text: `EVAL ${tag}:* (3 more arguments)` });
    expect(JSON.stringify(entries)).not.toMatch(/personal|ana@/);
  });

  it("marks the console's own connections and offers nothing against them", async () => {
    const { redis, id } = await stranger();
    await stores.databases.redis?.redis.ping();
    const { rows } = await seen(ask(listRedisClients, {}, ctx, stores));
    expect(rows.find((row) => row.id === id)).toMatchObject({ own: false, kept: null });
    expect(rows.filter(({ name }) => name.startsWith("quadrant")).every(({ own, kept }) => own && kept)).toBe(true);
    redis.disconnect();
  });

  it("samples keys within its budget: patterns that are not ours and never end stand out", async () => {
    await fill(`${tag}q`, 40);
    await admin.set(`${tag}last:1`, "x".repeat(30_000));
    const { patterns, big, total, seen: keys, complete } = await seen(ask(getRedisKeys, {}, ctx, stores));
    expect(keys).toBeGreaterThanOrEqual(complete ? 41 : 1);
    expect(total).toBeGreaterThanOrEqual(41);
    if (!complete) return;
    expect(patterns.find(({ pattern }) => pattern === `${tag}q:*`)).toMatchObject({
      keys: 40,
      lasting: 0,
      purpose: null,
    });
    expect(patterns.find(({ pattern }) => pattern === `${tag}last:*`)).toMatchObject({
      keys: 1,
      lasting: 1,
      ttl_s: null,
    });
    expect(big.find(({ key }) => key === `${tag}last:1`)).toMatchObject({ type: "string", elements: 30_000 });
    await admin.del(`${tag}last:1`);
  });
});

describe("kill client", () => {
  it("ends exactly that connection, and both steps are in the audit", async () => {
    const { redis, id, addr } = await stranger();
    expect(await preview(killClient, { id, addr, reason }, ctx, stores)).toMatchObject({ will: 1, undo: false });
    const saved = await execute(killClient, { id, addr, reason }, ctx, stores);
    expect(saved).toMatchObject({ after: { connected: false }, note: expect.stringContaining("no longer connected") });
    await expect(redis.ping()).rejects.toThrow();
    const events = await eventsOf(`client ${id}`);
    expect(events.map(({ action }) => action)).toEqual(["health.redis.kill-client", "health.redis.kill-client"]);
  });

  it("refuses unknown ids, other addresses, our own connections and nonsense", async () => {
    const { redis, id, addr } = await stranger();
    const [own] = (await seen(ask(listRedisClients, {}, ctx, stores))).rows.filter((row) => row.own);
    const outcome = (input: object) => outcomeOf(execute(killClient, { reason, ...input } as never, ctx, stores));
    expect(await outcome({ id: 999_999_999, addr })).toBe("not_found");
    expect(await outcome({ id, addr: "10.0.0.1:1" })).toBe("not_found");
    expect(await outcome({ id: own?.id ?? 0, addr: own?.addr ?? "" })).toBe("conflict");
    expect(await outcome({ id: "4; FLUSHALL", addr })).toBe("invalid");
    expect(await redis.ping()).toBe("PONG");
    redis.disconnect();
  });

  it("is not for everybody", async () => {
    const auditor = context(await staff("auditor"));
    expect(await outcomeOf(execute(killClient, { id: 1, addr: "x", reason }, auditor, stores))).toBe("forbidden");
  });
});

describe("delete keys", () => {
  it("counts, deletes exactly those, and says so", async () => {
    await fill(`${tag}del`, 1_500);
    await fill(`${tag}dela`, 3);
    const input = { pattern: `${tag}del:*`, reason };
    const shown = await preview(deleteKeys, input, ctx, stores);
    expect(shown).toMatchObject({ will: 1, touches: [{ store: "redis", count: 1_500, undo: false }] });
    const saved = await execute(deleteKeys, input, ctx, stores, { plan: shown.plan });
    expect(saved.note).toBe("1,500 keys deleted; none matches any more.");
    expect(await admin.exists(`${tag}del:1`)).toBe(0);
    expect(await admin.exists(`${tag}dela:0`, `${tag}dela:1`, `${tag}dela:2`)).toBe(3);
    expect(await outcomeOf(execute(deleteKeys, input, ctx, stores))).toBe("not_found");
  });

  it("holds a confirmed preview to its count", async () => {
    await fill(`${tag}grow`, 3);
    const input = { pattern: `${tag}grow:*`, reason };
    const { plan } = await preview(deleteKeys, input, ctx, stores);
    await fill(`${tag}grow`, 4);
    expect(await outcomeOf(execute(deleteKeys, input, ctx, stores, { plan }))).toBe("changed_since_preview");
    expect(await admin.exists(`${tag}grow:0`)).toBe(1);
  });

  it.each([
    "*",
    "**",
    "q*",
    "q:*",
    "?bc*",
    "[a-z]bc:*",
    "\\*bc",
    "ab",
    "",
    "abc\n*",
    "abc****",
    `abc${"x".repeat(300)}`,
  ])("refuses %j", async (pattern) => {
    expect(await outcomeOf(execute(deleteKeys, { pattern, reason }, ctx, stores))).toBe("invalid");
  });

  it("takes what looks like a command for a pattern", async () => {
    const failure = await failureOf(execute(deleteKeys, { pattern: `${tag}"; FLUSHALL`, reason }, ctx, stores));
    expect(failure.code).toBe("not_found");
  });
});

describe("purge memory and reset slow log", () => {
  it("are done and read again", async () => {
    const purged = await preview(purgeMemory, { reason }, ctx, stores);
    const isOffered = purged.will === 1;
    expect(await outcomeOf(execute(purgeMemory, { reason }, ctx, stores))).toBe(isOffered ? "ok" : "conflict");
    const saved = await execute(resetSlowlog, { reason }, ctx, stores);
    expect(saved.note).toMatch(/slow log/);
    expect(await eventsOf("slow log")).toHaveLength(2);
  });

  it("need a reason", async () => {
    expect(await outcomeOf(execute(resetSlowlog, { reason: " " }, ctx, stores))).toBe("invalid");
  });
});

describe("hit ratio", () => {
  it("comes from what changed between two passes", async () => {
    const watch = stores.databases.watchers.redis;
    if (!watch) throw new Error("The tests need Redis.");
    const collector = createRedisCollector(watch);
    await admin.set(`${tag}hit`, "x", "EX", 60);
    await collector.collect(10);
    const pipeline = admin.pipeline();
    for (let at = 0; at < 4_000; at += 1) pipeline.get(at % 4 === 3 ? `${tag}absent` : `${tag}hit`);
    await pipeline.exec();
    const { gauges } = await collector.collect(10);
    // others use the server too, but not for thousands of look-ups
    expect(gauges["hit_ratio"]).toBeGreaterThan(70);
    expect(gauges["hit_ratio"]).toBeLessThan(80);
  });
});
