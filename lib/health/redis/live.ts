// Lists that move all the time: clients, commands, slow log, latency events. Never cached.
import "server-only";
import { ask, asList, asNumber, asText } from "@/lib/databases/redis/ask";
import { type RedisClient, listClients, untouchable } from "@/lib/databases/redis/clients";
import type { Info } from "@/lib/databases/redis/info";
import { readSlowlog } from "@/lib/databases/redis/slowlog";
import type { RedisWatch } from "@/lib/databases/redis/watch";
import type { Client, ClientGroup, Clients, CommandUse, LatencyEvents, Slowlog } from "./schema";
import { readInfo } from "./way";

const ROWS = 50;
const SLOW_ROWS = 15;

export async function readClients(watch: RedisWatch): Promise<Clients> {
  const clients = await listClients(watch.monitor);
  const info = await readInfo(watch, "clients");
  const rows = clients.map(rowOf).sort((a, b) => Number(a.own) - Number(b.own) || b.memory_bytes - a.memory_bytes);
  return { total: clients.length, limit: info.number("maxclients"), groups: groupsOf(rows), rows: rows.slice(0, ROWS) };
}

function rowOf({ flags, ...client }: RedisClient): Client {
  return { ...client, waits: flags.includes("b"), kept: untouchable({ own: client.own, flags }) };
}

function groupsOf(rows: readonly Client[]): ClientGroup[] {
  const groups = new Map<string, ClientGroup>();
  for (const { name, own, idle_s, memory_bytes } of rows) {
    const group = groups.get(name) ?? { name, own, open: 0, idle_s: Infinity, memory_bytes: 0 };
    group.open += 1;
    group.idle_s = Math.min(group.idle_s, idle_s);
    group.memory_bytes += memory_bytes;
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => b.open - a.open);
}

export function commandsOf(info: Info): CommandUse[] {
  const percentiles = new Map(info.groups("latency_percentiles_usec_").map(({ name, fields }) => [name, fields]));
  const stats = info.groups("cmdstat_");
  const total = stats.reduce((sum, { fields }) => sum + (fields["usec"] ?? 0), 0);
  const uses = stats.map(({ name, fields }) => ({
    name: name.toUpperCase().replace("|", " "),
    calls: fields["calls"] ?? 0,
    share_percent: total > 0 ? ((fields["usec"] ?? 0) / total) * 100 : 0,
    mean_us: fields["usec_per_call"] ?? 0,
    p50_us: percentiles.get(name)?.["p50"] ?? null,
    p99_us: percentiles.get(name)?.["p99"] ?? null,
    refused: fields["rejected_calls"] ?? 0,
    failed: fields["failed_calls"] ?? 0,
  }));
  return uses.sort((a, b) => b.share_percent - a.share_percent);
}

export async function readSlow(watch: RedisWatch): Promise<Slowlog> {
  const length = asNumber(await ask(watch.monitor, "SLOWLOG", "LEN")) ?? 0;
  return { length, entries: await readSlowlog(watch.monitor, SLOW_ROWS) };
}

export async function readLatency(watch: RedisWatch): Promise<LatencyEvents> {
  const events = asList(await ask(watch.monitor, "LATENCY", "LATEST")).map(asList);
  return events.map(([event, seconds, latest, longest]) => ({
    event: asText(event),
    at: new Date((asNumber(seconds) ?? 0) * 1000).toISOString(),
    latest_ms: asNumber(latest) ?? 0,
    longest_ms: asNumber(longest) ?? 0,
  }));
}
