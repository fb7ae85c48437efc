// One question to Redis: its answer, or why there is none, with the right that would allow it.
import "server-only";
import { type Redis, ReplyError } from "ioredis";
import { reasonOf } from "../probe";
import { StoreFailure } from "../resilience";
import type { Blind } from "../schema";

export type Seen<T> = { ok: true; value: T } | { ok: false; blind: Blind };

/** Throws StoreFailure when the server is away, and what the server said when it refused. */
export async function ask(redis: Redis, command: string, ...rest: (string | number)[]): Promise<unknown> {
  try {
    return await redis.call(command, ...rest);
  } catch (error) {
    if (error instanceof ReplyError) throw error;
    throw new StoreFailure("redis", false, `redis ${reasonOf(error)}`, { cause: error });
  }
}

/** Makes a refusal by the server an answer of its own kind; a server that is away is still thrown. */
export async function see<T>(check: string, user: string, work: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const blind = blindOf(check, user, error);
    if (blind === null) throw error;
    return { ok: false, blind };
  }
}

/** Null for a failure that is none of the check's: the server is away. */
function blindOf(check: string, user: string, error: unknown): Blind | null {
  const said = error instanceof Error ? error.message : "";
  if (!(error instanceof ReplyError)) {
    const isSlow = error instanceof StoreFailure && /timed out/i.test(messageOf(error.cause));
    return isSlow ? { check, kind: "slow", why: "did not answer in time", grant: null } : null;
  }
  if (said.startsWith("NOPERM")) {
    return { check, kind: "denied", why: `${user} may not read this`, grant: grantOf(user, said) };
  }
  const busy = BUSY.find(([code]) => said.startsWith(code));
  if (busy) return { check, kind: "slow", why: busy[1], grant: null };
  return { check, kind: "not_reported", why: "this server does not offer it", grant: null };
}

const BUSY: readonly [string, string][] = [
  ["LOADING", "the server is loading its data"],
  ["BUSY", "a script keeps the server busy"],
  ["MASTERDOWN", "the link to the primary is down"],
];

/** `User x has no permissions to run the 'slowlog|get' command` → the line that allows it. */
function grantOf(user: string, said: string): string {
  const command = /'([a-z0-9|._-]+)' command/i.exec(said)?.[1];
  return `ACL SETUSER ${user} ${command === undefined ? "%R~*" : `+${command.toLowerCase()}`}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

export function asText(reply: unknown): string {
  return typeof reply === "string" ? reply : "";
}

export function asList(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

export function asNumber(reply: unknown): number | null {
  const value = typeof reply === "string" ? Number.parseFloat(reply) : reply;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A flat list of names and values, as MEMORY STATS and ACL LOG answer. */
export function asPairs(reply: unknown): ReadonlyMap<string, unknown> {
  const list = asList(reply);
  return new Map(list.flatMap((name, at) => (at % 2 === 0 ? [[String(name), list[at + 1]] as const] : [])));
}
