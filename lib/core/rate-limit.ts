// Rate limits by GCRA: one arrival time per key, in Redis by the server's clock, in this process when Redis is away.
import "server-only";
import type { RedisStore } from "@/lib/databases/redis/client";
import { metrics } from "./metrics";

/** The theoretical arrival time is kept in microseconds: milliseconds would round fast limits away. */
const GCRA = `
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local step, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local arrival = tonumber(redis.call('GET', KEYS[1]) or now)
if arrival < now then arrival = now end
local following = arrival + step
local wait = following - now - step * burst
if wait > 0 then return math.ceil(wait / 1000) end
redis.call('SET', KEYS[1], string.format('%.0f', following), 'PX', math.ceil((following - now) / 1000))
return 0`;

const MAX_LOCAL_KEYS = 10_000;

export type Limiter = {
  /**
   * Counts one try under `key` and answers 0, or the milliseconds to wait when there were too many. `burst` is how many
   * may come at once; without it a sixth of a minute's worth.
   */
  limit(key: string, perMinute: number, burst?: number): Promise<number>;
};

export function createLimiter(store: RedisStore | null): Limiter {
  const local = localLimiter();

  async function waitFor(key: string, perMinute: number, burst: number): Promise<number> {
    const stepMs = 60_000 / perMinute;
    if (store === null) return local(key, stepMs, burst);
    try {
      const arguments_ = [Math.ceil(stepMs * 1000), burst];
      return Number(await store.guard.run(() => store.redis.eval(GCRA, 1, `q:rl:{${key}}`, ...arguments_)));
    } catch {
      return local(key, stepMs, burst);
    }
  }

  return {
    async limit(key, perMinute, burst = Math.max(1, Math.floor(perMinute / 6))) {
      const waitMs = await waitFor(key, perMinute, burst);
      metrics().limits.inc({ decision: waitMs > 0 ? "refused" : "allowed" });
      return waitMs;
    },
  };
}

/** The same rule for this process alone; `now` in milliseconds. */
export function localLimiter(now: () => number = Date.now) {
  const arrivals = new Map<string, number>();
  return (key: string, stepMs: number, burst: number): number => {
    const at = now();
    const following = Math.max(arrivals.get(key) ?? at, at) + stepMs;
    const wait = following - at - stepMs * burst;
    if (wait > 0) return Math.ceil(wait);
    if (arrivals.size >= MAX_LOCAL_KEYS) forget(arrivals, at);
    arrivals.set(key, following);
    return 0;
  };
}

/** Drops what has expired, and when that is not enough the oldest half. */
function forget(arrivals: Map<string, number>, at: number): void {
  for (const [key, arrival] of arrivals) if (arrival <= at) arrivals.delete(key);
  const surplus = arrivals.size - MAX_LOCAL_KEYS / 2;
  for (const key of [...arrivals.keys()].slice(0, Math.max(0, surplus))) arrivals.delete(key);
}
