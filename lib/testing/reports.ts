// What a sampler would report, made up: every signal of the catalogue has a value.
import { ENGINES, type Engine, type EngineReport } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";

export function report(engine: Engine, details: Partial<EngineReport> = {}): EngineReport {
  const at = new Date().toISOString();
  return {
    engine,
    instance: "test",
    at,
    health: {
      engine,
      status: "healthy",
      reason: null,
      reasons: [],
      latency_ms: 1,
      checked_at: at,
      version: "1",
      since: at,
    },
    reach: "healthy",
    values: Object.fromEntries(CATALOGUE[engine].map(({ id }) => [id, 1])),
    passed: [],
    facts: {},
    blind: [],
    costs: [{ every_s: 10, ms: 4, rows: 20, at }],
    ...details,
  };
}

export function everyReport(): EngineReport[] {
  return ENGINES.map((engine) => report(engine));
}
