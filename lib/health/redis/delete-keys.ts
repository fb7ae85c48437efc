// Keys by pattern: counted with SCAN within a budget, unlinked in slices within another, counted again.
import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Finding, Outcome } from "@/lib/core/operation";
import { type Counted, countKeys, unlinkKeys } from "@/lib/databases/redis/keys";
import type { RedisWatch } from "@/lib/databases/redis/watch";
import { needed, operatorOf, readInfo } from "./way";

const COUNT = { ms: 2_000, keys: 100_000 };
const DELETE = { ms: 8_000, keys: 100_000 };

export async function lookForKeys(watch: RedisWatch, pattern: string): Promise<Finding> {
  const info = await needed(watch.user, "Reading the state", () => readInfo(watch));
  const busy = dangerOf(info);
  if (busy) return found(pattern, { count: 0, examples: [], complete: false }, busy);
  const counted = await count(watch, pattern);
  if (counted.complete && counted.count === 0) throw new AppError("not_found", `No key matches ${pattern}.`);
  return found(pattern, counted, counted.complete ? null : tooMany(counted.count));
}

export async function deletePattern(watch: RedisWatch, pattern: string): Promise<Outcome> {
  const { operator, monitor } = watch;
  const gone = await needed(operatorOf(watch), "Deleting keys", () => unlinkKeys(monitor, operator, pattern, DELETE));
  const left = await count(watch, pattern);
  const rest = left.complete ? words(left.count) : `at least ${words(left.count)}`;
  return {
    done: left.complete && left.count === 0,
    after: { keys: left.count },
    note: `${words(gone)} deleted; ${left.count === 0 ? "none matches any more" : `${rest} still match`}.`,
  };
}

function count(watch: RedisWatch, pattern: string): Promise<Counted> {
  return needed(watch.user, "Counting the keys", () => countKeys(watch.monitor, pattern, COUNT));
}

function found(pattern: string, { count: keys, examples }: Counted, refused: string | null): Finding {
  const such = examples.length > 0 ? `, such as ${examples.map((key) => key.slice(0, 24)).join(", ")}` : "";
  return {
    id: `keys ${pattern}`,
    before: { keys },
    after: { keys: 0 },
    // What cannot be undone is held to the count that was confirmed, though it moves by itself.
    identity: { pattern, keys },
    touches: [{ store: "redis", what: `keys that match ${pattern}${such}`, count: keys, undo: false }],
    refused,
  };
}

function dangerOf(info: { number(field: string): number | null; text(field: string): string | null }): string | null {
  if (info.number("loading") === 1) return "The server is loading its data: not every key is there yet.";
  if (info.text("role") === "slave") return "This server is a replica: delete on its primary.";
  return null;
}

const words = (keys: number) => `${keys.toLocaleString("en-US")} ${keys === 1 ? "key" : "keys"}`;

function tooMany(seen: number): string {
  const limit = `${COUNT.ms / 1000} s or ${COUNT.keys.toLocaleString("en-US")} keys`;
  return `More than ${words(seen)} may match and ${limit} were not enough to count them. Choose a narrower pattern.`;
}
