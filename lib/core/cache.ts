// Cache-aside in Redis: sessions and query answers. Every failure is a miss, and nothing is true only here.
import "server-only";
import { randomBytes } from "node:crypto";
import type { ChainableCommander } from "ioredis";
import type { RedisStore } from "@/lib/databases/redis/client";
import { metrics } from "./metrics";

const GENERATION_SECONDS = 86_400;
const SESSION_SECONDS = 30;
/** Longer than any request: what was read before the end of a session must not be stored after it. */
const ENDED_SECONDS = 60;
const ENDED = "ended";
/** In one go: nothing that was read before the end of a session may be stored between a look and a write. */
const KEEP_SESSION = `
if redis.call('GET', KEYS[1]) == '${ENDED}' then return end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ${SESSION_SECONDS}, 'NX')
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])`;
const MAX_VALUE_CHARS = 512 * 1024;

export type LiveChange = { noun: string; id: string; version: number };

export type Cache = {
  /**
   * The answer stored under `key` while none of its `tags` was invalidated, else what `load` answers. A load that a
   * write overtook is stored but never served: it carries the generations read before it began.
   */
  read<T>(key: string, tags: readonly string[], ttlSeconds: number, load: () => Promise<T>): Promise<T>;
  /** After a commit: makes everything under the tags old, forgets sessions (hex hashes), tells live pages. */
  after(tags: readonly string[], live: readonly LiveChange[], sessionHashes: readonly string[]): Promise<boolean>;
  getSession<T>(hash: string): Promise<T | null>;
  /** `lastSeconds`: how long `lastSession` may answer it, for while nobody can say whether it still holds. */
  setSession(hash: string, session: unknown, lastSeconds: number): Promise<void>;
  lastSession<T>(hash: string): Promise<T | null>;
  /** Does nothing when there is none: one that was dropped does not come back. */
  renewLastSession(hash: string, session: unknown, lastSeconds: number): Promise<void>;
  dropLastSession(hash: string): Promise<void>;
  /** False when Redis could not be told; a copy then lives 30 s at most, and as long as PostgreSQL is away. */
  dropSessions(hashes: readonly string[]): Promise<boolean>;
};

const generationKey = (tag: string) => `q:gen:{${tag}}`;
const sessionKey = (hash: string) => `q:sess:{${hash}}`;
const lastKey = (hash: string) => `q:sess-last:{${hash}}`;
const token = () => randomBytes(9).toString("base64url");

/** Without a store (Redis is not configured) everything is a miss. */
export function createCache(store: RedisStore | null): Cache {
  /** Runs one round trip; null when Redis is away, slow or refused any part of it. */
  async function send(fill: (pipeline: ChainableCommander) => void): Promise<unknown[] | null> {
    if (store === null) return null;
    try {
      const answers = await store.guard.run(async () => {
        const pipeline = store.redis.pipeline();
        fill(pipeline);
        const replies = (await pipeline.exec()) ?? [];
        for (const [error] of replies) if (error) throw error;
        return replies;
      });
      return answers.map(([, value]) => value);
    } catch {
      return null;
    }
  }

  async function after(tags: readonly string[], live: readonly LiveChange[], hashes: readonly string[]) {
    if (tags.length + live.length + hashes.length === 0) return true;
    const answers = await send((pipeline) => {
      for (const tag of tags) pipeline.set(generationKey(tag), token(), "EX", GENERATION_SECONDS);
      for (const hash of hashes) pipeline.set(sessionKey(hash), ENDED, "EX", ENDED_SECONDS).del(lastKey(hash));
      for (const { noun, id, version } of live) pipeline.publish(`q:live:${noun}`, JSON.stringify({ id, version }));
    });
    return answers !== null;
  }

  return {
    after,
    async read(key, tags, ttlSeconds, load) {
      const found = await send((pipeline) => {
        pipeline.get(`q:c:{${key}}`);
        for (const tag of tags) pipeline.set(generationKey(tag), token(), "EX", GENERATION_SECONDS, "NX");
        for (const tag of tags) pipeline.get(generationKey(tag));
      });
      if (found === null) {
        count("unavailable");
        return load();
      }
      const generations = found.slice(1 + tags.length).join(".");
      const stored = parse<[string, Awaited<ReturnType<typeof load>>]>(found[0]);
      const isCurrent = stored !== null && stored[0] === generations;
      count(isCurrent ? "hit" : "miss");
      if (isCurrent) return stored[1];
      const value = await load();
      const text = JSON.stringify([generations, value]);
      if (text.length <= MAX_VALUE_CHARS) {
        void send((pipeline) => void pipeline.set(`q:c:{${key}}`, text, "EX", ttlSeconds));
      }
      return value;
    },
    async getSession<T>(hash: string) {
      const found = await send((pipeline) => void pipeline.get(sessionKey(hash)));
      const session = found?.[0] === ENDED ? null : parse<T>(found?.[0]);
      count(found === null ? "unavailable" : session === null ? "miss" : "hit");
      return session;
    },
    async setSession(hash, session, lastSeconds) {
      const keys = [sessionKey(hash), lastKey(hash)];
      await send((pipeline) => void pipeline.eval(KEEP_SESSION, 2, ...keys, JSON.stringify(session), lastSeconds));
    },
    async lastSession<T>(hash: string) {
      const found = await send((pipeline) => void pipeline.get(lastKey(hash)));
      return parse<T>(found?.[0]);
    },
    async renewLastSession(hash, session, lastSeconds) {
      const text = JSON.stringify(session);
      await send((pipeline) => void pipeline.set(lastKey(hash), text, "EX", lastSeconds, "XX"));
    },
    async dropLastSession(hash) {
      await send((pipeline) => void pipeline.del(lastKey(hash)));
    },
    dropSessions: (hashes) => after([], [], hashes),
  };
}

function count(result: "hit" | "miss" | "unavailable"): void {
  metrics().cache.inc({ result });
}

/** What this module stored itself, read back; null when it is not JSON (any more). */
function parse<T>(text: unknown): T | null {
  try {
    return typeof text === "string" ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}
