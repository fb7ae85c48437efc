import "server-only";
import { ENGINE_LABELS, type EngineHealth } from "@/lib/databases/schema";
import type { Health } from "./schema";

/** The state of the console, from the last probe of each engine. */
export function overall(engines: readonly EngineHealth[]): Health {
  const truth = engines.find(({ engine }) => engine === "postgres");
  const troubled = engines.filter(({ status }) => status !== "healthy");
  if (!truth || truth.status !== "healthy") {
    return {
      status: truth?.status ?? "unknown",
      reason: truth?.reason ?? "PostgreSQL was not asked yet.",
      engines: [...engines],
    };
  }
  if (troubled.length === 0) return { status: "healthy", reason: null, engines: [...engines] };
  const names = troubled.map(({ engine, status }) => `${ENGINE_LABELS[engine]} is ${status}`).join(", ");
  return { status: "degraded", reason: `${names}. Everything else works.`, engines: [...engines] };
}

/** Pages and writes need PostgreSQL; the other three may be away. */
export function canServe(engines: readonly EngineHealth[]): boolean {
  const truth = engines.find(({ engine }) => engine === "postgres");
  return truth?.status === "healthy" || truth?.status === "degraded";
}
