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

/** `unknown` is never healthy; `stale`: it answers, but nobody has measured its load for a while. */
export type EngineStatus = "healthy" | "degraded" | "down" | "starting" | "unknown" | "maintenance" | "stale";

/** For a status of the probes. */
export function answers(reach: EngineStatus): boolean {
  return reach === "healthy" || reach === "degraded";
}

/** Why a status is not healthy. */
export type Reason = {
  /** The signal that says so; `reach` is the probe itself. */
  signal: string;
  /** With numbers and words, as it is read by a person. */
  text: string;
  value: number | null;
  limit: number | null;
  since: string;
  /** What to do about it. */
  next: string | null;
};

/** A limit that is passed now. Until it `holds` (it has been passed for its time) it is only watched. */
export type Passed = Reason & { severity: "warn" | "critical"; holds: boolean; for_s: number };

/** What the last probes and measures of one engine say. Times are ISO, UTC. */
export type EngineHealth = {
  engine: Engine;
  status: EngineStatus;
  /** The worst of `reasons`, in words. */
  reason: string | null;
  reasons: readonly Reason[];
  latency_ms: number | null;
  checked_at: string | null;
  version: string | null;
  /** When the present status began. */
  since: string | null;
};

/** `yes` is 0 or 1. Bytes are counted in bytes and shown in powers of 1024. */
export type Unit = "count" | "percent" | "ratio" | "bytes" | "bytes_per_s" | "per_s" | "ms" | "s" | "yes";

/** Measured values by signal; null: the server did not say (no permission, not offered, no second reading yet). */
export type Values = Record<string, number | null>;

/** A check that could not be made. `denied` comes with the statement that would allow it. */
export type Blind = {
  check: string;
  kind: "denied" | "not_reported" | "slow";
  why: string;
  grant: string | null;
};

/** A fact of a report: the user that watches, where it is worth saying. */
export const WATCHED_AS = "watched as";
/** It may more than a monitor needs. */
export const MAIN_USER = "the console's main user";

export function isMainUser(report: Pick<EngineReport, "facts"> | null): boolean {
  return report?.facts[WATCHED_AS] === MAIN_USER;
}

/** What one pass over an engine took: `rows` counts what the server sent (rows, keys or kilobytes). */
export type Cost = { every_s: number; ms: number; rows: number; at: string };

/** Everything the sampler knows of one engine; replaced by each pass. */
export type EngineReport = {
  engine: Engine;
  instance: string;
  at: string;
  health: EngineHealth;
  /** The probes alone: `health` may be held at the worst of a flapping engine, or say that it is in maintenance. */
  reach: EngineStatus;
  /** None while the engine cannot be reached. */
  values: Values;
  /** Every limit that is passed, whether or not it degrades the engine: critical ones first, then the oldest. */
  passed: readonly Passed[];
  facts: Record<string, string>;
  blind: readonly Blind[];
  costs: readonly Cost[];
};
