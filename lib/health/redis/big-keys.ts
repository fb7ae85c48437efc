// The largest keys of a sample, with how many elements they hold.
import "server-only";
import type { Redis } from "ioredis";
import { asNumber } from "@/lib/databases/redis/ask";
import { type SampledKey, pipelined } from "@/lib/databases/redis/keys";
import type { BigKey } from "./schema";

const SHOWN = 8;
const LARGE_BYTES = 10_240;

/** How a type tells its size; modules have none of their own. */
const LENGTH: Record<string, string> = {
  ...{ string: "STRLEN", hash: "HLEN", list: "LLEN", set: "SCARD", zset: "ZCARD", stream: "XLEN" },
};

export async function bigKeys(redis: Redis, sample: readonly SampledKey[]): Promise<BigKey[]> {
  const largest = sample.filter(({ bytes }) => bytes >= LARGE_BYTES).sort((a, b) => b.bytes - a.bytes);
  const shown = largest.slice(0, SHOWN).filter(({ type }) => type in LENGTH);
  const lengths = await pipelined(
    redis,
    shown.map(({ type, key }) => [LENGTH[type] ?? "STRLEN", key]),
  );
  return shown.map(({ key, type, bytes, ttl_s }, at) => ({
    key: withoutAddresses(key),
    type,
    bytes,
    elements: asNumber(lengths[at]),
    ttl_s,
  }));
}

/** A name may hold somebody's e-mail address; nobody needs it here. */
function withoutAddresses(key: string): string {
  return key.replace(/[^\s:/|{}@]+@[^\s:/|{}]+/g, "…@…").slice(0, 120);
}
