import "server-only";
import { query } from "@/lib/core/operation";
import { ask, asText, see } from "@/lib/databases/redis/ask";
import { sampleKeys } from "@/lib/databases/redis/keys";
import { MONITOR_RULE } from "@/lib/databases/redis/rights";
import { health } from "../noun";
import { bigKeys } from "./big-keys";
import { commandsOf, readClients, readLatency, readSlow } from "./live";
import { patternsOf } from "./patterns";
import {
  type Clients,
  type CommandUse,
  type Keyspace,
  type LatencyEvents,
  NoInput,
  type Read,
  type RedisState,
  type Rights,
  type Slowlog,
} from "./schema";
import { readState } from "./state";
import { readInfo, reading, redisOf } from "./way";

/** So long a sample may keep asking; one step of it takes a millisecond or two of the server. */
const SAMPLE_MS = 300;

/** Memory, persistence, replication and cluster as the server says now. */
export const getRedisState = query({
  noun: health,
  action: "health.redis.state",
  permission: "health.read",
  input: NoInput,
  run: (_input, scope): Promise<Read<RedisState>> => reading(scope, "figures of the server", readState),
});

/** Commands by their share of time since the server's counters began. */
export const listRedisCommands = query({
  noun: health,
  action: "health.redis.commands",
  permission: "health.read",
  input: NoInput,
  run: (_input, scope): Promise<Read<CommandUse[]>> =>
    reading(scope, "commands", async (watch) => commandsOf(await readInfo(watch, "commandstats", "latencystats"))),
});

export const listRedisClients = query({
  noun: health,
  action: "health.redis.clients",
  permission: "health.read",
  input: NoInput,
  run: (_input, scope): Promise<Read<Clients>> => reading(scope, "clients", readClients),
});

/** The slow log without arguments. */
export const getRedisSlowlog = query({
  noun: health,
  action: "health.redis.slowlog",
  permission: "health.read",
  input: NoInput,
  run: (_input, scope): Promise<Read<Slowlog>> => reading(scope, "slow log", readSlow),
});

export const listRedisLatency = query({
  noun: health,
  action: "health.redis.latency",
  permission: "health.read",
  input: NoInput,
  run: (_input, scope): Promise<Read<LatencyEvents>> => reading(scope, "latency events", readLatency),
});

/** A sample of the keys by pattern, and the largest of them. */
export const getRedisKeys = query({
  noun: health,
  action: "health.redis.keys",
  permission: "health.read",
  input: NoInput,
  cache: { ttl_seconds: 300, tags: ["health:redis"] },
  run: (_input, scope): Promise<Read<Keyspace>> =>
    reading(scope, "keys", async (watch) => {
      const sample = await sampleKeys(watch.monitor, SAMPLE_MS);
      const { total, keys, complete, took_ms } = sample;
      return {
        at: scope.now.toISOString(),
        ...{ total, seen: keys.length, budget_ms: SAMPLE_MS, took_ms, complete },
        patterns: patternsOf(sample, watch.namespace),
        big: await bigKeys(watch.monitor, keys),
      };
    }),
});

/** Which checks are blind and what would open their eyes, from the sampler's last passes. */
export const getRedisRights = query({
  noun: health,
  action: "health.redis.rights",
  permission: "health.read",
  input: NoInput,
  async run(_input, scope): Promise<Rights> {
    const { user, hasOwnUser, monitor } = redisOf(scope);
    const doctor = await see("memory doctor", user, async () => asText(await ask(monitor, "MEMORY", "DOCTOR")));
    const rule = `ACL SETUSER ${hasOwnUser ? user : "quadrant_monitor on >PASSWORD"} ${MONITOR_RULE}`;
    const blind = scope.engines.report("redis")?.blind ?? [];
    return { user, own_user: hasOwnUser, rule, blind, advice: doctor.ok ? adviceOf(doctor.value) : null };
  },
});

/** The doctor's own words, without its jokes where it has nothing to say. */
function adviceOf(said: string): string {
  if (/empty or is using very little memory/.test(said)) return "too little data to judge";
  if (/can't find any memory issue/.test(said)) return "finds no issue";
  return said.trim();
}
