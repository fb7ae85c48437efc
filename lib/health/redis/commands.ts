import "server-only";
import { AppError } from "@/lib/core/errors";
import { remedy } from "@/lib/core/operation";
import { ask, asNumber, asText } from "@/lib/databases/redis/ask";
import { findClient, untouchable } from "@/lib/databases/redis/clients";
import { health } from "../noun";
import { deletePattern, lookForKeys } from "./delete-keys";
import { DeleteKeys, KillClient, PurgeMemory, ResetSlowlog } from "./schema";
import { needed, operatorOf, readInfo, redisOf } from "./way";

/** Ends one connection; whoever held it may connect again. */
export const killClient = remedy({
  noun: health,
  engine: "redis",
  action: "health.redis.kill-client",
  permission: "health.redis.kill-client",
  input: KillClient,
  async look({ id, addr }, scope) {
    const watch = redisOf(scope);
    const client = await needed(watch.user, "Reading the clients", () => findClient(watch.monitor, id));
    if (client?.addr !== addr)
      throw new AppError("not_found", `There is no client ${id} at ${addr}. It may have left.`);
    const { name, user, command, idle_s, flags, own } = client;
    return {
      id: `client ${id}`,
      before: { connected: true, name, address: addr, user, last_command: command, idle_s },
      after: { connected: false, name, address: addr, user, last_command: command, idle_s },
      identity: { id, addr },
      touches: [{ store: "redis", what: `connection ${id} of ${name || addr} is closed`, count: 1, undo: false }],
      refused: untouchable({ own, flags }),
    };
  },
  async act({ id }, scope) {
    const watch = redisOf(scope);
    const killed = await needed(operatorOf(watch), "Ending a client", () =>
      ask(watch.operator, "CLIENT", "KILL", "ID", id),
    );
    const left = await findClient(watch.monitor, id);
    if (asNumber(killed) !== 1) {
      return { done: false, after: { connected: left !== null }, note: `Client ${id} had left before.` };
    }
    return left === null
      ? { done: true, after: { connected: false }, note: `Client ${id} is no longer connected.` }
      : { done: false, after: { connected: true }, note: `Client ${id} was told to leave and is still there.` };
  },
});

/** Gives memory the allocator holds and does not use back to the host. */
export const purgeMemory = remedy({
  noun: health,
  engine: "redis",
  action: "health.redis.purge-memory",
  permission: "health.redis.purge-memory",
  input: PurgeMemory,
  limit: 60,
  async look(_input, scope) {
    const { info, before } = await memoryNow(scope);
    const allocator = info.text("mem_allocator") ?? "unknown";
    const hasJemalloc = allocator.startsWith("jemalloc");
    const refused = hasJemalloc ? null : `Not offered: this server was built with ${allocator}, not with jemalloc.`;
    return {
      id: "memory",
      before,
      after: before,
      identity: { run: info.text("run_id") },
      touches: [{ store: "redis", what: "unused pages of the allocator go back to the host", count: 1, undo: false }],
      refused: refused ?? loadingOf(info),
    };
  },
  async act(_input, scope, { before }) {
    const watch = redisOf(scope);
    await needed(operatorOf(watch), "Purging memory", () => ask(watch.operator, "MEMORY", "PURGE"));
    const { before: after } = await memoryNow(scope);
    const [was, is] = [before["resident_bytes"], after.resident_bytes].map((bytes) => megabytes(Number(bytes)));
    return { done: true, after, note: `The server holds ${is} of its host; before it was ${was}.` };
  },
});

async function memoryNow(scope: Parameters<typeof redisOf>[0]) {
  const watch = redisOf(scope);
  const info = await needed(watch.user, "Reading memory", () => readInfo(watch));
  const before = { resident_bytes: info.number("used_memory_rss"), fragmentation: info.number("allocator_frag_ratio") };
  return { info, before };
}

const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

function loadingOf(info: { number(field: string): number | null }): string | null {
  return info.number("loading") === 1 ? "The server is loading its data." : null;
}

/** Empties the slow log; its numbers count on. */
export const resetSlowlog = remedy({
  noun: health,
  engine: "redis",
  action: "health.redis.reset-slowlog",
  permission: "health.redis.reset-slowlog",
  input: ResetSlowlog,
  async look(_input, scope) {
    const watch = redisOf(scope);
    const entries = await slowEntries(scope);
    const run = asText(await ask(watch.monitor, "INFO", "server"));
    return {
      id: "slow log",
      before: { entries },
      after: { entries: 0 },
      identity: { run: /run_id:(\w+)/.exec(run)?.[1] ?? "" },
      touches: [{ store: "redis", what: "the slow log is emptied", count: 1, undo: false }],
      refused: null,
    };
  },
  async act(_input, scope, { before }) {
    const watch = redisOf(scope);
    await needed(operatorOf(watch), "Emptying the slow log", () => ask(watch.operator, "SLOWLOG", "RESET"));
    const entries = await slowEntries(scope);
    return { done: entries < Number(before["entries"]) || entries === 0, after: { entries }, note: said(entries) };
  },
});

const said = (entries: number) =>
  entries === 0 ? "The slow log is empty." : `The slow log holds ${entries} new entries.`;

async function slowEntries(scope: Parameters<typeof redisOf>[0]): Promise<number> {
  const watch = redisOf(scope);
  const length = await needed(watch.user, "Reading the slow log", () => ask(watch.monitor, "SLOWLOG", "LEN"));
  return asNumber(length) ?? 0;
}

/** Deletes the keys of a pattern: counted first, then unlinked in slices. */
export const deleteKeys = remedy({
  noun: health,
  engine: "redis",
  action: "health.redis.delete-keys",
  permission: "health.redis.delete-keys",
  input: DeleteKeys,
  limit: 120,
  look: ({ pattern }, scope) => lookForKeys(redisOf(scope), pattern),
  act: ({ pattern }, scope) => deletePattern(redisOf(scope), pattern),
});
