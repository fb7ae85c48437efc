// Keys by SCAN, in small steps within a budget: one command at a time runs on the server, so none may be long.
import "server-only";
import { type Redis, ReplyError } from "ioredis";
import { reasonOf } from "../probe";
import { StoreFailure } from "../resilience";
import { ask, asList, asNumber, asText } from "./ask";

export type SampledKey = { key: string; type: string; ttl_s: number | null; bytes: number };

export type KeySample = { total: number; keys: SampledKey[]; complete: boolean; took_ms: number };

const SAMPLE_STEP = 250;
const SCAN_STEP = 1_000;

/** Keys in the order of SCAN, which is no order of their names, with type, end and size; values are not read. */
export async function sampleKeys(redis: Redis, budgetMs: number): Promise<KeySample> {
  const began = performance.now();
  const total = asNumber(await ask(redis, "DBSIZE")) ?? 0;
  const found = new Map<string, SampledKey>();
  let complete = false;
  for await (const names of steps(redis, ["COUNT", SAMPLE_STEP], began + budgetMs)) {
    complete = names.last;
    const replies = await pipelined(
      redis,
      names.keys.flatMap((key) => [
        ["TYPE", key],
        ["TTL", key],
        ["MEMORY", "USAGE", key],
      ]),
    );
    names.keys.forEach((key, at) => {
      const [type, ttl, bytes] = replies.slice(at * 3, at * 3 + 3);
      const size = asNumber(bytes);
      // a key that ended in between has no size
      if (size !== null) found.set(key, { key, type: asText(type), ttl_s: endOf(asNumber(ttl)), bytes: size });
    });
  }
  return { total, keys: [...found.values()], complete, took_ms: Math.round(performance.now() - began) };
}

/** -1: has no end; -2: is gone. */
const endOf = (ttl: number | null) => (ttl === null || ttl < 0 ? null : ttl);

export type Counted = { count: number; examples: string[]; complete: boolean };

/** Counts what matches; not `complete` when the budget ended first. */
export async function countKeys(redis: Redis, pattern: string, budget: { ms: number; keys: number }): Promise<Counted> {
  const found = new Set<string>();
  let complete = false;
  const options = ["MATCH", pattern, "COUNT", SCAN_STEP];
  for await (const step of steps(redis, options, performance.now() + budget.ms)) {
    for (const key of step.keys) found.add(key);
    complete = step.last;
    if (found.size > budget.keys) return { count: found.size, examples: [], complete: false };
  }
  return { count: found.size, examples: [...found].sort().slice(0, 2), complete };
}

/** Unlinks what matches, slice by slice, until all is gone or the budget ends; answers how many. */
export async function unlinkKeys(
  scan: Redis,
  operator: Redis,
  pattern: string,
  budget: { ms: number; keys: number },
): Promise<number> {
  let gone = 0;
  for await (const { keys } of steps(scan, ["MATCH", pattern, "COUNT", SCAN_STEP], performance.now() + budget.ms)) {
    const slice = keys.slice(0, budget.keys - gone);
    if (slice.length > 0) gone += asNumber(await ask(operator, "UNLINK", ...slice)) ?? 0;
    if (gone >= budget.keys) break;
  }
  return gone;
}

/** Steps of one SCAN until its end or the deadline. */
async function* steps(redis: Redis, options: readonly (string | number)[], deadline: number) {
  let cursor = "0";
  do {
    const [next, keys] = asList(await ask(redis, "SCAN", cursor, ...options));
    cursor = asText(next);
    yield { keys: asList(keys).map(asText), last: cursor === "0" };
  } while (cursor !== "0" && performance.now() < deadline);
}

/** The replies in order; throws the first refusal. */
export async function pipelined(redis: Redis, commands: readonly (readonly string[])[]): Promise<unknown[]> {
  if (commands.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const [command = "", ...rest] of commands) pipeline.call(command, ...rest);
  const replies = await pipeline.exec().catch((error: unknown) => {
    throw new StoreFailure("redis", false, `redis ${reasonOf(error)}`, { cause: error });
  });
  return (replies ?? []).map(([error, reply]) => {
    if (error instanceof ReplyError) throw error;
    if (error) throw new StoreFailure("redis", false, `redis ${reasonOf(error)}`, { cause: error });
    return reply;
  });
}
