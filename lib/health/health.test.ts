import { expect, test } from "vitest";
import { ENGINES, type Engine, type EngineHealth, type EngineStatus } from "@/lib/databases/schema";
import { canServe, overall } from "./overall";

/** Reports of the four engines: healthy, but for those named. */
function reports(troubled: Partial<Record<Engine, EngineStatus>> = {}): EngineHealth[] {
  return ENGINES.map((engine) => {
    const status = troubled[engine] ?? "healthy";
    const reason = status === "healthy" ? null : `${engine} says no`;
    return { engine, status, reason, reasons: [], latency_ms: 1, checked_at: null, version: "1", since: null };
  });
}

test("with four healthy engines the console is healthy", () => {
  expect(overall(reports())).toMatchObject({ status: "healthy", reason: null });
});

test.each(["mongodb", "redis", "elasticsearch"] as const)("without %s it is degraded and serves", (engine) => {
  const engines = reports({ [engine]: "down" });
  expect(overall(engines).status).toBe("degraded");
  expect(overall(engines).reason).toMatch(/is down\. Everything else works\.$/);
  expect(canServe(engines)).toBe(true);
});

test("without PostgreSQL it is down, whatever the others say, and serves nothing", () => {
  const engines = reports({ postgres: "down", redis: "down" });
  expect(overall(engines)).toMatchObject({ status: "down", reason: "postgres says no" });
  expect(canServe(engines)).toBe(false);
});

test("before any probe it is unknown", () => {
  expect(overall([]).status).toBe("unknown");
  expect(canServe([])).toBe(false);
});
