// The way of these operations to Redis, and what becomes of its refusals.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { EngineScope } from "@/lib/core/operation";
import { type Seen, ask, asText, see } from "@/lib/databases/redis/ask";
import { type Info, parseInfo } from "@/lib/databases/redis/info";
import type { RedisWatch } from "@/lib/databases/redis/watch";

export function redisOf({ watch }: Pick<EngineScope, "watch">): RedisWatch {
  if (!watch.redis) throw new AppError("unavailable", "No Redis is configured.", { store: "redis" });
  return watch.redis;
}

export function reading<T>(
  scope: EngineScope,
  check: string,
  work: (watch: RedisWatch) => Promise<T>,
): Promise<Seen<T>> {
  const watch = redisOf(scope);
  return see(check, watch.user, () => work(watch));
}

export async function readInfo(watch: RedisWatch, ...sections: string[]): Promise<Info> {
  return parseInfo(asText(await ask(watch.monitor, "INFO", ...sections)));
}

/** Who acts, for the line that grants a right. */
export function operatorOf({ operator }: RedisWatch): string {
  return operator.options.username ?? "default";
}

/** For an act: without the right there is nothing to look at, and the line that grants it is the answer. */
export async function needed<T>(user: string, check: string, work: () => Promise<T>): Promise<T> {
  const seen = await see(check, user, work);
  if (seen.ok) return seen.value;
  const { why, grant } = seen.blind;
  throw new AppError("conflict", `${check}: ${why}.${grant ? ` Allow it with: ${grant}` : ""}`);
}
