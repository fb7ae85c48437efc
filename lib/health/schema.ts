import { z } from "zod";
import { text, whole } from "@/lib/core/schema";
import {
  ENGINES,
  type Engine,
  type EngineHealth,
  type EngineReport,
  type EngineStatus,
  type Unit,
} from "@/lib/databases/schema";

export const GetHealth = z.strictObject({});

export type Health = {
  /** The worst that concerns the console: it cannot serve without PostgreSQL, and can without each other engine. */
  status: EngineStatus;
  reason: string | null;
  engines: EngineHealth[];
};

export const RANGES = ["15m", "1h", "6h", "24h", "7d", "30d"] as const;
export type Range = (typeof RANGES)[number];

/** The time range of the URL; one for all charts of a page. */
export const RangeInput = z.enum(RANGES).default("1h");

export const GetReport = z.strictObject({ engine: z.enum(ENGINES) });

/** `report` is null when no worker has measured yet; `last_incident` the newest that has ended or is open. */
export type EngineView = {
  health: EngineHealth;
  report: EngineReport | null;
  /** Milliseconds since the report. */
  age_ms: number | null;
  pool: PoolUse;
  last_incident: Incident | null;
};

/** This process's own pools of an engine, added up. */
export type PoolUse = { max: number; busy: number; idle: number; waiting: number };

export type Incident = {
  id: string;
  engine: Engine;
  status: EngineStatus;
  reasons: { text: string }[];
  started_at: string;
  ended_at: string | null;
};

export const GetHistory = z.strictObject({
  engine: z.enum(ENGINES),
  /** Ids of signals of that engine, as `connections_used`. */
  signals: z.array(z.string().max(60)).min(1).max(30),
  range: RangeInput,
});

export type SignalInfo = {
  id: string;
  engine: Engine;
  label: string;
  unit: Unit;
  every_s: number;
  limits: { severity: "warn" | "critical"; over: number | null; under: number | null; for_s: number }[];
};

/** `at` in ms; the mean and the largest value of the step; both null where nothing was measured: a gap, never a zero. */
export type Point = [at: number, mean: number | null, max: number | null];

export type History = {
  from: string;
  to: string;
  /** Width of a point in seconds. */
  step_s: number;
  series: { signal: SignalInfo; points: Point[] }[];
};

export const ListMarks = z.strictObject({ engine: z.enum(ENGINES).optional(), range: RangeInput });

/** What happened in the range: acts of admins, incidents, maintenance; drawn as numbered marks on every chart. */
export type Mark = {
  at: string;
  until: string | null;
  kind: "action" | "incident" | "maintenance";
  engine: Engine;
  text: string;
  /** Where it is told in full. */
  href: string | null;
};

export const ListMaintenance = z.strictObject({});

export type Maintenance = {
  id: string;
  engine: Engine;
  starts_at: string;
  ends_at: string;
  reason: string;
  created_by: string;
  version: number;
  running: boolean;
};

const MAINTENANCE_MAX_MINUTES = 24 * 60;

export const StartMaintenance = z.strictObject({
  engine: z.enum(ENGINES),
  minutes: whole(5, MAINTENANCE_MAX_MINUTES),
  reason: text(500),
});

export const EndMaintenance = z.strictObject({ id: z.uuid(), version: whole(1) });
