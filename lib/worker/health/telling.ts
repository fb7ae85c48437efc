import "server-only";
import type { Engine, EngineReport } from "@/lib/databases/schema";

/**
 * Tells reports one after the other. Of an engine whose turn comes late only the newest is told; the answer comes when
 * nothing is left to tell.
 */
export function createTelling(hear: (report: EngineReport) => Promise<void>): (report: EngineReport) => Promise<void> {
  const untold = new Map<Engine, EngineReport>();
  let telling: Promise<void> | null = null;

  async function tellAll(): Promise<void> {
    for (const [engine, report] of untold) {
      untold.delete(engine);
      await hear(report);
    }
    telling = null;
  }

  return (report) => {
    untold.set(report.engine, report);
    return (telling ??= tellAll());
  };
}
