// What is measured of an engine, in which unit, how often, and where it begins to hurt.
import "server-only";
import type { Engine, Unit, Values } from "./schema";

/** The intervals of the collection schedule, in seconds. */
export const EVERY_S = [10, 60, 900] as const;
export type EveryS = (typeof EVERY_S)[number];

/** Holds when the value was over (or under) the mark for `forS` seconds, until it is back beyond `clear`. */
export type Limit = {
  severity: "warn" | "critical";
  over?: number;
  under?: number;
  clear: number;
  forS: number;
  /** Whether the engine counts as degraded while it holds; otherwise it is only worth an alert. */
  degrades: boolean;
  /** Who says so: a tool whose rule this is, or `own`. */
  source: string;
};

export type Signal = {
  /** Unique within its engine: `connections_used`. */
  id: string;
  engine: Engine;
  label: string;
  unit: Unit;
  everyS: EveryS;
  limits: readonly Limit[];
  /** By the other values of its pass: whether it has no value because there is nothing to measure, which ends a limit. */
  isIdle?: (values: Values) => boolean;
  /** The reason in words, for a value that is over its limit; `shown` is the value with its unit. */
  says?: (shown: string, values: Values) => string;
  /** What people notice of it. */
  impact?: string;
  /** What to do about it. */
  next?: string;
};

export type Described = Omit<Signal, "engine" | "limits"> & { limits?: readonly Limit[] };

/** The catalogue of one engine. Throws when two signals share an id or a limit names both sides or none. */
export function signalsOf(engine: Engine, list: readonly Described[]): readonly Signal[] {
  const seen = new Set<string>();
  return list.map(({ limits = [], ...signal }) => {
    if (seen.has(signal.id)) throw new TypeError(`Two signals of ${engine} are called ${signal.id}.`);
    seen.add(signal.id);
    for (const { over, under } of limits) {
      if ((over === undefined) === (under === undefined)) throw new TypeError(`A limit of ${signal.id} is not one.`);
    }
    return { ...signal, engine, limits };
  });
}

/** The collector says that there is no value, and that is no blindness; what it leaves out is unknown. */
export function isAtRest({ id, isIdle }: Pick<Signal, "id" | "isIdle">, values: Values): boolean {
  return values[id] === null && isIdle?.(values) === true;
}

export function isBeyond(value: number, { over, under }: Pick<Limit, "over" | "under">): boolean {
  return over !== undefined ? value >= over : under !== undefined && value <= under;
}

/** Whether the value has come back far enough for a limit to end. */
export function isClear(value: number, { over, clear }: Pick<Limit, "over" | "clear">): boolean {
  return over !== undefined ? value < clear : value > clear;
}

/** The value as a person reads it: `91 %`, `1.5 GB`, `6 min 12 s`, `yes`. */
export function showValue(value: number, unit: Unit): string {
  switch (unit) {
    case "percent":
      return `${digits(value)} %`;
    case "bytes":
    case "bytes_per_s":
      return bytes(value) + (unit === "bytes" ? "" : "/s");
    case "per_s":
      return `${digits(value)} /s`;
    case "ms":
      return value >= 1000 ? duration(value / 1000) : `${digits(value)} ms`;
    case "s":
      return duration(value);
    case "yes":
      return value > 0 ? "yes" : "no";
    case "count":
    case "ratio":
      return digits(value);
  }
}

function digits(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 1 });
}

function bytes(value: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  return `${digits(value / 1024 ** power)} ${units[power] ?? ""}`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${digits(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} days`;
}
