import type { Engine, EngineReport } from "@/lib/databases/schema";
import type { Figure } from "../frame/figures";

/** Four key numbers of each engine, the most telling first. */
export const CARD_FIGURES: Record<Engine, readonly Figure[]> = {
  postgres: [
    { label: "Connections", signal: "connections_used", unit: "percent", check: "Server" },
    { label: "Cache hit", signal: "cache_hit", unit: "percent", check: "Transactions" },
    { label: "Longest transaction", signal: "longest_tx_s", unit: "s", check: "Sessions and locks" },
    { label: "Blocked sessions", signal: "blocked_sessions", unit: "count", check: "Lock waits" },
  ],
  mongodb: [
    { label: "Connections", signal: "connections_used", unit: "percent", check: "connections" },
    { label: "Queries", signal: "queries", unit: "per_s", check: "server figures" },
    { label: "Waiting for a lock", signal: "queued", unit: "count", check: "server figures" },
    { label: "Cache used", signal: "cache_used", unit: "percent", check: "cache" },
  ],
  redis: [
    { label: "Memory", signal: "memory_used", unit: "bytes" },
    { label: "Hit ratio", signal: "hit_ratio", unit: "percent" },
    { label: "Commands", signal: "commands", unit: "per_s" },
    { label: "Evicted", signal: "evicted", unit: "per_s" },
  ],
  elasticsearch: [
    { label: "Heap", signal: "heap_percent", unit: "percent" },
    { label: "Unassigned shards", signal: "unassigned", unit: "count" },
    { label: "Searches", signal: "search_rate", unit: "per_s" },
    { label: "Disk", signal: "disk_used_percent", unit: "percent" },
  ],
};

type Load = { label: string; value: number | null; percent: number | null; signal: string };

/** What stands at the server beside our own pool; for Elasticsearch, which has no connections to count, its queue. */
export function serverLoad(engine: Engine, report: EngineReport | null): Load {
  const value = (id: string) => report?.values[id] ?? null;
  switch (engine) {
    case "postgres":
    case "mongodb": {
      const percent = value("connections_used");
      return { label: "On the server", value: value("connections"), percent, signal: "connections_used" };
    }
    case "redis":
      return {
        label: "On the server",
        value: value("clients"),
        percent: value("clients_percent"),
        signal: "clients_percent",
      };
    case "elasticsearch":
      return { label: "Searches that wait", value: value("search_queue"), percent: null, signal: "search_queue" };
  }
}
