import type { Engine, EngineReport } from "@/lib/databases/schema";
import type { Figure } from "../frame/figures";

const SESSIONS = ["Sessions and locks"];
const INFO = "figures of the server";
const NODES = ["node statistics"];

/** Four key numbers of each engine, the most telling first. */
export const CARD_FIGURES: Record<Engine, readonly Figure[]> = {
  postgres: [
    { label: "Connections", signal: "connections_used", unit: "percent", checks: SESSIONS },
    { label: "Cache hit", signal: "cache_hit", unit: "percent", checks: ["Database statistics"] },
    { label: "Longest transaction", signal: "longest_tx_s", unit: "s", checks: SESSIONS },
    { label: "Blocked sessions", signal: "blocked_sessions", unit: "count", checks: SESSIONS },
  ],
  mongodb: [
    { label: "Connections", signal: "connections_used", unit: "percent", checks: ["connections", "server figures"] },
    { label: "Queries", signal: "queries", unit: "per_s", checks: ["server figures"] },
    { label: "Waiting for a lock", signal: "queued", unit: "count", checks: ["server figures"] },
    { label: "Cache used", signal: "cache_used", unit: "percent", checks: ["cache", "server statistics"] },
  ],
  redis: [
    { label: "Memory", signal: "memory_used", unit: "bytes", checks: [INFO] },
    { label: "Hit ratio", signal: "hit_ratio", unit: "percent", checks: [INFO, "hits", "misses"] },
    { label: "Commands", signal: "commands", unit: "per_s", checks: [INFO, "commands"] },
    { label: "Evicted", signal: "evicted", unit: "per_s", checks: [INFO, "evicted"] },
  ],
  elasticsearch: [
    { label: "Heap", signal: "heap_percent", unit: "percent", checks: NODES },
    { label: "Unassigned shards", signal: "unassigned", unit: "count", checks: ["cluster health"] },
    { label: "Searches", signal: "search_rate", unit: "per_s", checks: NODES },
    { label: "Disk", signal: "disk_used_percent", unit: "percent", checks: NODES },
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
