// The rules of the catalogue on a running evaluator: each mark after its own time, and an end where nothing is measured.
import { beforeAll, beforeEach, expect, test } from "vitest";
import { defaultRules, keepDefaults } from "@/lib/alerts/defaults";
import type { Stores } from "@/lib/core/stores";
import type { EngineReport, Values } from "@/lib/databases/schema";
import { CATALOGUE, signalName } from "@/lib/databases/signals";
import { database } from "@/lib/testing/database";
import { testStores } from "@/lib/testing/stores";
import { createEvaluator } from "./evaluate";

const START = Date.parse("2026-11-27T10:00:00Z");

let stores: Stores;

beforeAll(async () => {
  stores = await testStores();
});

beforeEach(async () => {
  const sql = await database();
  await sql`truncate system.alert_rules, system.alerts, system.alert_deliveries, system.alert_attempts`;
  await keepDefaults(stores.postgres.system);
});

function report(seconds: number, values: Values): EngineReport {
  const at = new Date(START + seconds * 1000).toISOString();
  const health = {
    ...{ engine: "postgres" as const, status: "healthy" as const, reason: null, reasons: [], latency_ms: 1 },
    ...{ checked_at: at, version: "18", since: at },
  };
  const rest = { passed: [], facts: {}, blind: [], costs: [] };
  return { engine: "postgres", instance: "primary", at, health, reach: "healthy", values, ...rest };
}

/** The alert of a signal after every report. */
function watching(signal: string) {
  const evaluator = createEvaluator(stores);
  return async (seconds: number, values: Values) => {
    await evaluator.evaluate(report(seconds, values), new Date(START + seconds * 1000));
    const sql = await database();
    const rows = await sql<{ severity: string; state: string }[]>`
      select severity, state from system.alerts where signal = ${signal}`;
    return rows.map(({ severity, state }) => `${severity} ${state}`);
  };
}

test("a critical mark has the duration of the catalogue, not that of the warning", async () => {
  for (const signal of Object.values(CATALOGUE).flat()) {
    const worse = signal.limits.filter(({ severity, over }) => severity === "critical" && over !== undefined);
    const rule = defaultRules().find(({ builtin }) => builtin === signalName(signal));
    if (rule?.critical_threshold == null) continue;
    expect([rule.builtin, rule.critical_for_seconds ?? rule.for_seconds]).toEqual([rule.builtin, worse[0]?.forS]);
  }
  const seen = watching("postgres.connections_used");
  expect(await seen(0, { connections_used: 95 })).toEqual([]);
  expect(await seen(110, { connections_used: 95 })).toEqual([]);
  expect(await seen(120, { connections_used: 95 })).toEqual(["critical firing"]);
});

test("a warning still takes its own time, and an installation of before gets the times of the catalogue", async () => {
  const sql = await database();
  await sql`update system.alert_rules set critical_for_seconds = null`;
  await sql`update system.alert_rules set version = 2 where builtin = 'postgres.longest_tx_s'`;
  await keepDefaults(stores.postgres.system);
  const rows = await sql<{ builtin: string; s: number | null }[]>`
    select builtin, critical_for_seconds as s from system.alert_rules
    where builtin in ('postgres.longest_tx_s', 'postgres.connections_used') order by builtin`;
  expect(rows.map(({ s }) => s)).toEqual([120, null]);
  const seen = watching("postgres.connections_used");
  expect(await seen(0, { connections_used: 85 })).toEqual([]);
  expect(await seen(290, { connections_used: 85 })).toEqual([]);
  expect(await seen(300, { connections_used: 85 })).toEqual(["warn firing"]);
});

test("an alert ends when there is nothing to measure any more, and stays while nobody can read it", async () => {
  const seen = watching("postgres.cache_hit");
  const poor = { cache_hit: 40, blocks_hit: 100, blocks_read: 150 };
  await seen(0, poor);
  expect(await seen(300, poor)).toEqual(["warn firing"]);
  expect(await seen(360, {})).toEqual(["warn firing"]);
  expect(await seen(420, { cache_hit: null })).toEqual(["warn firing"]);
  expect(await seen(480, { cache_hit: null, blocks_hit: 1, blocks_read: 0 })).toEqual(["warn resolved"]);
});
