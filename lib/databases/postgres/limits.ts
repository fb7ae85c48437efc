import "server-only";
import type { Limit } from "../signal";

/** `over` raises it, under `clear` it ends. `degrades` only what the status of the engine depends on. */
export const warn = (over: number, clear: number, forS: number, source: string, degrades = false): Limit => ({
  ...{ severity: "warn", over, clear, forS, degrades, source },
});

export const critical = (over: number, clear: number, forS: number, source: string, degrades = false): Limit => ({
  ...{ severity: "critical", over, clear, forS, degrades, source },
});

export function counted(shown: string, one: string, many: string): string {
  return `${shown} ${shown === "1" ? one : many}`;
}
