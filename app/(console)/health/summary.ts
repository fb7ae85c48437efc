import { ENGINE_LABELS, type EngineHealth, type EngineStatus } from "@/lib/databases/schema";

type Summary = { status: EngineStatus; reason: string };

/** The console as a whole: it cannot work without PostgreSQL, and can without each of the others. */
export function summary(engines: readonly EngineHealth[]): Summary {
  const troubled = engines.filter(({ status }) => status !== "healthy");
  if (troubled.length === 0) {
    return { status: "healthy", reason: "All four engines answer." };
  }
  const words = troubled.map(({ engine, status, reason }) =>
    reason ? `${ENGINE_LABELS[engine]}: ${reason}` : `${ENGINE_LABELS[engine]} is ${status}`,
  );
  const truth = troubled.find(({ engine }) => engine === "postgres");
  if (truth) {
    return { status: truth.status, reason: words.join(" · ") };
  }
  const known = troubled.some(({ status }) => status === "down" || status === "degraded");
  return {
    status: known ? "degraded" : (troubled[0]?.status ?? "unknown"),
    reason: `${words.join(" · ")} · Everything else works.`,
  };
}
