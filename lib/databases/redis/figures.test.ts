import { describe, expect, it } from "vitest";
import { monitorRule } from "../../../stack/engines/redis-monitor.mjs";
import { ratesOf } from "../rates";
import { CATALOGUE } from "../signals";
import { countersOf, gaugesOf, keyspaceOf } from "./figures";
import { parseInfo } from "./info";
import { patternOf } from "./pattern";
import { createHitRatio } from "./ratio";
import { MONITOR_RULE } from "./rights";
import { hidden } from "./slowlog";

const info = (fields: Record<string, string | number>, sections: readonly string[] = []) =>
  parseInfo(
    [...Object.entries(fields).map(([key, value]) => `${key}:${value}`), ...sections.map((name) => `# ${name}`)].join(
      "\r\n",
    ),
  );

describe("values of INFO", () => {
  it("are null where the server has no such field, never 0", () => {
    const nothing = info({});
    expect(gaugesOf(nothing)).toMatchObject({ memory_used: null, memory_percent: null, clients: null, blocked: null });
    expect(Object.values(countersOf(nothing)).filter((value) => value !== null)).toEqual([]);
    expect(keyspaceOf(nothing)).toEqual({ keys: null, keys_lasting: null });
  });

  it("know no limit where maxmemory is 0", () => {
    const values = gaugesOf(info({ used_memory: 1_000, maxmemory: 0, maxmemory_policy: "noeviction" }));
    expect(values).toMatchObject({ memory_used: 1_000, memory_limit: null, memory_percent: 0 });
  });

  it("count memory against the stricter limit only where nothing may be evicted", () => {
    const full = { used_memory: 90, maxmemory: 100 };
    const of = (maxmemory_policy: string) => gaugesOf(info({ ...full, maxmemory_policy }));
    expect(of("noeviction")).toMatchObject({ memory_percent: 90, memory_percent_noeviction: 90 });
    expect(of("allkeys-lru")).toMatchObject({ memory_percent: 90, memory_percent_noeviction: 0 });
  });

  it("count refused writes from the first on: no line of an error means none where errors are counted", () => {
    expect(countersOf(info({}, ["Errorstats"]))).toMatchObject({ refused_writes: 0 });
    expect(countersOf(info({ errorstat_OOM: "count=7" }, ["Errorstats"]))).toMatchObject({ refused_writes: 7 });
  });

  it("add the keys of all databases up", () => {
    const fields = { db0: "keys=10,expires=4,avg_ttl=0", db3: "keys=5,expires=5,avg_ttl=9" };
    expect(keyspaceOf(info(fields, ["Keyspace"]))).toEqual({ keys: 15, keys_lasting: 6 });
  });

  it("are all in the catalogue", () => {
    const known = CATALOGUE.redis.map(({ id }) => id);
    const all = [...Object.keys(gaugesOf(info({}))), ...Object.keys(countersOf(info({})))];
    expect(all.filter((id) => !known.includes(id))).toEqual([]);
  });

  it("have no rate across CONFIG RESETSTAT, which keeps the run id", () => {
    const at = (time: number, hits: number) => ({ at: time, generation: "a", counters: { hits } });
    expect(ratesOf(at(0, 500), at(10_000, 20), 30_000)).toEqual({ hits: null });
    expect(ratesOf(at(0, 500), at(10_000, 600), 30_000)).toEqual({ hits: 10 });
  });
});

describe("hit ratio", () => {
  const at = (seconds: number, hits: number, misses: number, generation = "a") => ({
    ...{ at: seconds * 1000, generation, hits, misses },
  });

  it("is that of the last five minutes, not since the start", () => {
    const ratio = createHitRatio();
    expect(ratio(at(0, 1_000_000, 0))).toBeNull();
    expect(ratio(at(10, 1_000_060, 20))).toBe(75);
    expect(ratio(at(400, 1_000_060, 60))).toBeNull();
    expect(ratio(at(410, 1_000_070, 70))).toBe(50);
  });

  it("begins anew after a restart or a reset of the counters", () => {
    const ratio = createHitRatio();
    ratio(at(0, 500, 500));
    expect(ratio(at(10, 0, 90))).toBeNull();
    expect(ratio(at(20, 0, 190))).toBe(0);
    expect(ratio(at(30, 900, 1_000, "b"))).toBeNull();
  });
});

describe("names", () => {
  it.each([
    [["GET", "user:ana@example.com"], "GET user:*"],
    [["LRANGE", "export_tmp:4711", "0", "-1"], "LRANGE export_tmp:* (2 more arguments)"],
    [["AUTH", "quadrant", "secret"], "AUTH (2 more arguments)"],
    [["CONFIG", "SET", "requirepass", "secret"], "CONFIG SET"],
    [["EVAL", "return 'secret'", "0", "ana@example.com"], "EVAL (3 more arguments)"],
    [["EVALSHA", "abc", "1", "q:rl:{ana}", "5"], "EVALSHA q:rl:{…} (3 more arguments)"],
    [["SET", "ana@example.com", "x"], "SET (no prefix) (1 more argument)"],
  ])("of %j are shown as %s", (words, shown) => {
    expect(hidden(words)).toBe(shown);
  });

  it("are ours under the namespace of this installation only", () => {
    expect(patternOf("here-q:c:{user.list}", "here-")).toEqual({ name: "here-q:c:{…}", purpose: "Cached query" });
    expect(patternOf("q:c:{user.list}")).toMatchObject({ purpose: "Cached query" });
    expect(patternOf("q:sess-last:{a1}")).toEqual({
      name: "q:sess-last:{…}",
      purpose: "Session while PostgreSQL is away",
    });
    expect(patternOf("there-q:c:{user.list}", "here-")).toEqual({ name: "there-q:*", purpose: null });
  });
});

describe("rights of the monitor", () => {
  const names = (rule: string) => rule.split(" ").filter((word) => word.startsWith("+"));

  it("of the local stack cover what the console asks for, and nothing that reads a value or changes anything", () => {
    expect(names(MONITOR_RULE).filter((name) => !names(monitorRule("7.0.15")).includes(name))).toEqual([]);
    expect(monitorRule("8.1.1")).not.toMatch(/\+(get|keys|config|eval|flush|del|unlink|client\|kill|@)/);
  });

  it("name nothing an older server does not know", () => {
    expect(monitorRule("7.0.15")).not.toContain("client|setinfo");
    expect(monitorRule("8.1.1")).toContain("client|setinfo");
  });
});
