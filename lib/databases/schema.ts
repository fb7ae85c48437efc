/** The four engines, always in this order. */
export const ENGINES = ["postgres", "mongodb", "redis", "elasticsearch"] as const;

export type Engine = (typeof ENGINES)[number];

export const ENGINE_LABELS: Record<Engine, string> = {
  postgres: "PostgreSQL",
  mongodb: "MongoDB",
  redis: "Redis",
  elasticsearch: "Elasticsearch",
};

export const ENGINE_TILES: Record<Engine, string> = { postgres: "Pg", mongodb: "Mo", redis: "Re", elasticsearch: "Es" };

/** `starting` until the first answer after a start; `unknown` when nobody has asked or may ask. */
export type EngineStatus = "healthy" | "degraded" | "down" | "starting" | "unknown";

/** What the last probes of one engine say. Times are ISO, UTC. */
export type EngineHealth = {
  engine: Engine;
  status: EngineStatus;
  reason: string | null;
  latency_ms: number | null;
  checked_at: string | null;
  version: string | null;
  /** When the present status began. */
  since: string | null;
};
