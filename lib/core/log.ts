// The log: one JSON line per operation, without personal data.
import "server-only";
import pino from "pino";

/** The four levels the project uses; pino's logger fits. */
export type Logger = Record<"debug" | "info" | "warn" | "error", (fields: object, message?: string) => void>;

export function createLogger(level: "debug" | "info" | "warn" | "silent"): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
