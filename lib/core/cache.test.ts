import { beforeAll, describe, expect, it, vi } from "vitest";
import { createRedis } from "@/lib/databases/redis/client";
import { guard } from "@/lib/databases/resilience";
import { env } from "@/lib/env";
import type { Stores } from "./stores";
import { testStores } from "@/lib/testing/stores";
import { createCache } from "./cache";
import { createLimiter, localLimiter } from "./rate-limit";

let stores: Stores;
const key = () => crypto.randomUUID();

/** A port where nothing listens. */
const NOWHERE = "redis://127.0.0.1:9";

beforeAll(async () => {
  stores = await testStores();
  await vi.waitFor(() => expect(stores.databases.redis?.redis.status).toBe("ready"), 10_000);
});

/** The store happens behind the answer. */
async function stored(name: string): Promise<void> {
  await vi.waitFor(async () => expect(await stores.databases.redis?.redis.get(`q:c:{${name}}`)).not.toBeNull(), 5_000);
}

describe("cache", () => {
  it("answers from what was stored until a tag is invalidated", async () => {
    const [name, tag] = [key(), key()];
    const load = vi.fn(async () => load.mock.calls.length);
    expect(await stores.cache.read(name, ["user", tag], 60, load)).toBe(1);
    await stored(name);
    expect(await stores.cache.read(name, ["user", tag], 60, load)).toBe(1);
    expect(await stores.cache.after([tag], [], [])).toBe(true);
    expect(await stores.cache.read(name, ["user", tag], 60, load)).toBe(2);
  });

  it("never serves a load that a write overtook", async () => {
    const [name, tag] = [key(), key()];
    const early = await stores.cache.read(name, [tag], 60, async () => {
      await stores.cache.after([tag], [], []);
      return "before the write";
    });
    expect(early).toBe("before the write");
    await stored(name);
    expect(await stores.cache.read(name, [tag], 60, async () => "after it")).toBe("after it");
  });

  it("takes a lost generation for a miss", async () => {
    const [name, tag] = [key(), key()];
    await stores.cache.read(name, [tag], 60, async () => 1);
    await stored(name);
    await stores.databases.redis?.redis.del(`q:gen:{${tag}}`);
    expect(await stores.cache.read(name, [tag], 60, async () => 2)).toBe(2);
  });

  it("throws what the load throws and stores nothing", async () => {
    const name = key();
    const failing = stores.cache.read(name, ["user"], 60, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await stores.cache.read(name, ["user"], 60, async () => "yes")).toBe("yes");
  });

  it("does not keep a session that was read before it ended", async () => {
    const hash = key();
    expect(await stores.cache.getSession(hash)).toBeNull();
    await stores.cache.setSession(hash, { id: 1 }, 600);
    expect(await stores.cache.getSession(hash)).toEqual({ id: 1 });
    expect(await stores.cache.lastSession(hash)).toEqual({ id: 1 });
    expect(await stores.cache.dropSessions([hash])).toBe(true);
    await stores.cache.setSession(hash, { id: 1 }, 600);
    await stores.cache.renewLastSession(hash, { id: 1 }, 600);
    expect(await stores.cache.getSession(hash)).toBeNull();
    expect(await stores.cache.lastSession(hash)).toBeNull();
  });

  it("tells live pages what changed", async () => {
    const redis = createRedis(env().REDIS_URL ?? NOWHERE, "");
    await vi.waitFor(() => expect(redis.redis.status).toBe("ready"), 10_000);
    await redis.redis.subscribe("q:live:user");
    const heard = new Promise((resolve) => redis.redis.once("message", (_channel, text) => resolve(JSON.parse(text))));
    await stores.cache.after([], [{ noun: "user", id: "some-id", version: 3 }], []);
    expect(await heard).toEqual({ id: "some-id", version: 3 });
    await redis.close();
  });

  it("is a miss, quickly, while Redis is away, and says so when it could not be told", async () => {
    const redis = createRedis(NOWHERE, "");
    const cache = createCache(redis);
    await cache.getSession(key());
    const from = performance.now();
    expect(await cache.read(key(), ["user"], 60, async () => "loaded")).toBe("loaded");
    expect(await cache.getSession(key())).toBeNull();
    expect(await cache.after(["user"], [], [])).toBe(false);
    expect(performance.now() - from).toBeLessThan(600);
    await redis.close();
  });

  it("is a miss when there is no Redis at all", async () => {
    const cache = createCache(null);
    expect(await cache.read("any", [], 60, async () => 1)).toBe(1);
    expect(await cache.dropSessions(["any"])).toBe(false);
  });
});

describe("rate limit", () => {
  it("lets exactly the burst through, however many try at once", async () => {
    const name = key();
    const redises = Array.from({ length: 6 }, () => createRedis(env().REDIS_URL ?? NOWHERE, ""));
    await Promise.all(redises.map(({ redis }) => vi.waitFor(() => expect(redis.status).toBe("ready"), 10_000)));
    // it is Redis that counts here, however long this machine takes to hear from it
    const patient = guard("redis", 60_000, () => false, 100);
    const tries = redises
      .map((store) => createLimiter({ ...store, guard: patient }))
      .flatMap(({ limit }) => Array.from({ length: 15 }, () => limit(name, 1, 10)));
    const waits = await Promise.all(tries);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    await Promise.all(redises.map((redis) => redis.close()));
  });

  it("lets one more through when its time has come", async () => {
    const name = key();
    expect(await stores.limiter.limit(name, 20, 1)).toBe(0);
    const wait = await stores.limiter.limit(name, 20, 1);
    expect(wait).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, wait + 20));
    expect(await stores.limiter.limit(name, 20, 1)).toBe(0);
  });

  it("goes on in this process while Redis is away", async () => {
    const redis = createRedis(NOWHERE, "");
    const limiter = createLimiter(redis);
    const waits = [];
    for (let number = 0; number < 12; number += 1) waits.push(await limiter.limit("same", 60, 10));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
    await redis.close();
  });

  it("counts in process by its own clock and forgets what has expired", () => {
    let now = 0;
    const limit = localLimiter(() => now);
    expect([limit("a", 1000, 2), limit("a", 1000, 2), limit("a", 1000, 2)]).toEqual([0, 0, 1000]);
    now = 1000;
    expect(limit("a", 1000, 2)).toBe(0);
    for (let number = 0; number < 25_000; number += 1) limit(`other-${number}`, 1000, 2);
    expect(limit("a", 1000, 2)).toBeGreaterThanOrEqual(0);
  });
});
