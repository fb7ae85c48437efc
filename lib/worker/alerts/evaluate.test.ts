import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { defaultRules, keepDefaults } from "@/lib/alerts/defaults";
import type { Stores } from "@/lib/core/stores";
import type { EngineReport, EngineStatus, Values } from "@/lib/databases/schema";
import { database } from "@/lib/testing/database";
import { testStores } from "@/lib/testing/stores";
import type { Emergency } from "./emergency";
import { createEvaluator } from "./evaluate";
import { openAlert } from "./record";
import { readWatched } from "./watched";

const SIGNAL = "outbox_pending";
const START = Date.parse("2026-11-27T10:00:00Z");

let stores: Stores;

beforeAll(async () => {
  stores = await testStores();
});

beforeEach(async () => {
  const sql = await database();
  await sql`truncate system.alert_rules, system.alerts, system.alert_channels, system.alert_deliveries,
    system.alert_attempts, system.maintenance_windows`;
  await sql`insert into system.alert_channels (kind, name, address) values ('email', 'ops', 'ops@example.com')`;
});

type Marks = { threshold?: number | null; critical?: number; clear?: number; forS?: number; comparison?: string };

async function rule({ threshold = 90, critical, clear = 80, forS = 20, comparison = "over" }: Marks = {}) {
  const sql = await database();
  const id = randomUUID();
  const mark = comparison === "absent" ? null : threshold;
  await sql`insert into system.alert_rules (id, name, signal, comparison, threshold, critical_threshold, clear,
      for_seconds, severity)
    values (${id}, 'A rule', ${`postgres.${SIGNAL}`}, ${comparison}, ${mark}, ${critical ?? null},
      ${comparison === "absent" ? null : clear}, ${forS}, 'warn')`;
  return id;
}

/** What the sampler says `seconds` after the start. */
function report(seconds: number, value: number | null, status: EngineStatus = "healthy", reach = status): EngineReport {
  const values: Values = { [SIGNAL]: value };
  const at = new Date(START + seconds * 1000).toISOString();
  const health = {
    ...{ engine: "postgres" as const, status, reason: null, reasons: [], latency_ms: 1, checked_at: at },
    ...{ version: "18", since: at },
  };
  const rest = { passed: [], facts: {}, blind: [], costs: [] };
  return { engine: "postgres", instance: "primary", at, health, reach, values, ...rest };
}

/** Feeds values, ten seconds apart, to an evaluator of its own. */
async function feed(values: readonly (number | null)[], from = 0, evaluator = createEvaluator(stores)) {
  for (const [index, value] of values.entries()) {
    const next = report(from + index * 10, value);
    await evaluator.evaluate(next, new Date(next.at));
  }
  return evaluator;
}

type Row = { state: string; severity: string; peak: number; started_at: Date; resolved_why: string | null };

async function alerts(): Promise<Row[]> {
  const sql = await database();
  return sql<Row[]>`select state, severity, peak, started_at, resolved_why from system.alerts order by started_at`;
}

async function messages(): Promise<string[]> {
  const sql = await database();
  const rows = await sql<{ event: string }[]>`select event from system.alert_deliveries order by created_at, id`;
  return rows.map(({ event }) => event);
}

test("it opens after its time, keeps the worst value, and ends beyond the clear mark", async () => {
  await rule();
  const evaluator = await feed([95, 97]);
  expect(await alerts()).toEqual([]);
  await feed([96], 20, evaluator);
  expect(await alerts()).toMatchObject([{ state: "firing", started_at: new Date(START), peak: 97 }]);
  await feed([85, 99], 30, evaluator);
  expect(await alerts()).toMatchObject([{ state: "firing", peak: 99 }]);
  await feed([79], 50, evaluator);
  expect(await alerts()).toMatchObject([{ state: "resolved", resolved_why: "cleared", peak: 99 }]);
  expect(await messages()).toEqual(["firing", "resolved"]);
});

test("a value that falls back in time opens nothing, and a missing one changes nothing", async () => {
  await rule();
  const evaluator = await feed([95, 70, 95, null, null]);
  expect(await alerts()).toEqual([]);
  await feed([95], 50, evaluator);
  expect(await alerts()).toHaveLength(1);
  await feed([null, null, null], 60, evaluator);
  expect(await alerts()).toMatchObject([{ state: "firing" }]);
});

test("while the worst status of an engine that flaps is held, rules go by whether it answers and what it measures", async () => {
  await rule({ forS: 0 });
  const sql = await database();
  await sql`insert into system.alert_rules (id, name, signal, comparison, threshold, clear, for_seconds, severity)
    values (gen_random_uuid(), 'Up', 'postgres.up', 'under', 0.5, 0.5, 0, 'critical')`;
  const evaluator = createEvaluator(stores);
  const told = async (next: EngineReport) => {
    await evaluator.evaluate(next, new Date(next.at));
    return (await alerts()).map(({ severity, state }) => `${severity} ${state}`);
  };
  expect(await told(report(0, 95, "down", "healthy"))).toEqual(["warn firing"]);
  expect(await told(report(10, 95, "down", "down"))).toEqual(["warn firing", "critical firing"]);
  expect(await told(report(20, 50, "down", "healthy"))).toEqual(["warn resolved", "critical resolved"]);
});

test("a warning becomes critical once, and whoever acknowledged it is told again", async () => {
  await rule({ critical: 98, forS: 0 });
  const evaluator = await feed([91]);
  const sql = await database();
  await sql`update system.alerts set state = 'acknowledged', acknowledged_at = now()`;
  await feed([99, 97, 99], 10, evaluator);
  expect(await alerts()).toMatchObject([{ state: "firing", severity: "critical" }]);
  expect(await messages()).toEqual(["firing", "worse"]);
});

test("another worker goes on where the first one stopped, and opens nothing twice", async () => {
  await rule({ forS: 0 });
  await feed([95]);
  await feed([96], 10);
  expect(await alerts()).toMatchObject([{ state: "firing", started_at: new Date(START), peak: 96 }]);
  await feed([50], 20);
  expect(await alerts()).toMatchObject([{ state: "resolved" }]);
});

test("of eight samplers that open it at the same moment one does, and one message is made", async () => {
  await rule({ forS: 0 });
  const [watched] = await readWatched(stores.postgres.system);
  if (!watched) throw new Error("There is no rule.");
  const seen = { severity: "warn" as const, text: "t", value: 95, peak: 95, since: new Date(START).toISOString() };
  const opened = await Promise.all(Array.from({ length: 8 }, () => openAlert(stores.postgres.system, watched, seen)));
  expect(opened.filter(Boolean)).toHaveLength(1);
  expect(await messages()).toEqual(["firing"]);
});

test("muted rules are evaluated and told when the mute is over; what ended meanwhile is never told", async () => {
  const sql = await database();
  const [told, untold] = [await rule({ forS: 0 }), await rule({ forS: 0, threshold: 94, clear: 94 })];
  await sql`update system.alert_rules set muted_until = now() + interval '1 hour', mute_reason = 'r'`;
  const evaluator = await feed([95]);
  expect([await alerts(), await messages()]).toMatchObject([[{ state: "firing" }, { state: "firing" }], []]);
  await feed([93], 10, evaluator);
  await sql`update system.alert_rules set muted_until = null, mute_reason = null, version = version + 1`;
  await feed([93], 20);
  const rows =
    await sql`select a.rule_id, d.event from system.alert_deliveries d join system.alerts a on a.id = d.alert_id`;
  expect(rows).toEqual([{ rule_id: told, event: "firing" }]);
  expect(untold).not.toBe(told);
});

test("a maintenance window of the engine keeps it quiet", async () => {
  const sql = await database();
  await rule({ forS: 0 });
  await sql`insert into system.maintenance_windows (engine, starts_at, ends_at, reason, created_by)
    values ('postgres', now() - interval '1 minute', now() + interval '1 hour', 'r', gen_random_uuid())`;
  await feed([95]);
  expect([await alerts(), await messages()]).toMatchObject([[{ state: "firing" }], []]);
});

test("a rule that is switched off or deleted takes its alert with it", async () => {
  const sql = await database();
  await rule({ forS: 0 });
  await feed([95]);
  await sql`update system.alert_rules set enabled = false, version = version + 1`;
  await feed([95], 10);
  expect(await alerts()).toMatchObject([{ state: "resolved", resolved_why: "rule" }]);
});

test("a limit that was raised above the value ends the alert", async () => {
  const sql = await database();
  await rule({ forS: 0 });
  const evaluator = await feed([95]);
  await sql`update system.alert_rules set threshold = 99, clear = null, version = version + 1`;
  await feed([95], 10, evaluator);
  await feed([95], 20);
  expect(await alerts()).toMatchObject([{ state: "resolved", resolved_why: "cleared" }]);
});

test("absence is a missing value or an old report, for its time", async () => {
  await rule({ comparison: "absent", forS: 20 });
  const evaluator = await feed([null, null]);
  expect(await alerts()).toEqual([]);
  await feed([null], 20, evaluator);
  expect(await alerts()).toMatchObject([{ state: "firing" }]);
  await feed([1], 30, evaluator);
  expect(await alerts()).toMatchObject([{ state: "resolved" }]);
  const old = report(40, 1);
  await evaluator.evaluate(old, new Date(START + 90_000));
  expect(await alerts()).toMatchObject([{ state: "resolved" }, { state: "firing" }]);
});

test("an engine that is down or unknown fires its own rule, and its old values fire nothing", async () => {
  const sql = await database();
  await rule({ forS: 0 });
  await sql`insert into system.alert_rules (name, signal, comparison, threshold, for_seconds, severity)
    values ('PostgreSQL is down', 'postgres.up', 'under', 0, 0, 'critical')`;
  const evaluator = createEvaluator(stores);
  const down = report(0, 95, "down");
  await evaluator.evaluate(down, new Date(down.at));
  expect(await sql`select text, severity from system.alerts`).toEqual([
    { text: "PostgreSQL does not answer", severity: "critical" },
  ]);
  const up = report(10, 50);
  await evaluator.evaluate(up, new Date(up.at));
  expect(await alerts()).toMatchObject([{ state: "resolved" }]);
});

test("what could not be written is written later, even when it is over by then", async () => {
  await rule({ forS: 0 });
  const broken = { on: true };
  const system = new Proxy(stores.postgres.system, {
    get(pool, key) {
      if (key === "transaction" && broken.on) {
        return () => Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
      }
      const value: unknown = Reflect.get(pool, key);
      return typeof value === "function" ? value.bind(pool) : value;
    },
  });
  const told: string[] = [];
  const emergency: Emergency = {
    keep: () => Promise.resolve(),
    tell: async ({ name }, { value }) => void told.push(`${name} ${value}`),
    forget: ({ name }) => void told.push(`${name} written`),
  };
  const evaluator = createEvaluator({ log: stores.log, postgres: { ...stores.postgres, system } }, emergency);
  await feed([95], 0, evaluator);
  expect(told).toEqual(["A rule 95"]);
  expect(await alerts()).toEqual([]);
  broken.on = false;
  await feed([50], 10, evaluator);
  expect(await alerts()).toMatchObject([{ state: "resolved", peak: 95, started_at: new Date(START) }]);
  expect(told).toEqual(["A rule 95", "A rule written"]);
  expect(await messages()).toEqual(["firing", "resolved"]);
});

test("the catalogue's limits are rules from the start, once, and what an admin changed stays", async () => {
  const sql = await database();
  await keepDefaults(stores.postgres.system);
  const [count] = await sql`select count(*)::integer as n from system.alert_rules where enabled`;
  expect(count?.n).toBe(defaultRules().length);
  expect(new Set(defaultRules().map(({ builtin }) => builtin)).size).toBe(defaultRules().length);
  await sql`update system.alert_rules set threshold = 0, enabled = false, for_seconds = 7 where builtin = 'postgres.up'`;
  await keepDefaults(stores.postgres.system);
  expect(await sql`select enabled, for_seconds from system.alert_rules where builtin = 'postgres.up'`).toEqual([
    { enabled: false, for_seconds: 7 },
  ]);
});
