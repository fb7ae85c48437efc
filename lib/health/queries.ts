import "server-only";
import { sql } from "drizzle-orm";
import { query, type EngineScope } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import { readHistory } from "./history";
import { readMaintenance } from "./maintenance";
import { readMarks } from "./marks";
import { health } from "./noun";
import { overall } from "./overall";
import {
  type EngineView,
  GetHealth,
  GetHistory,
  GetReport,
  type Health,
  type History,
  type Incident,
  ListMaintenance,
  ListMarks,
  type Maintenance,
  type Mark,
} from "./schema";

/** What the last probes and measures say; asks no engine anything. */
export const getHealth = query({
  noun: health,
  action: "health.get",
  permission: "health.read",
  input: GetHealth,
  async run(_input, { engines }): Promise<Health> {
    return overall(engines.health());
  },
});

/** Everything known of one engine, from memory; only the last incident is read, and missing when it cannot be. */
export const getEngine = query({
  noun: health,
  action: "health.engine",
  permission: "health.read",
  input: GetReport,
  async run({ engine }, scope): Promise<EngineView> {
    const { engines, now } = scope;
    const found = engines.health().find((each) => each.engine === engine);
    if (!found) throw new TypeError(`Nobody watches ${engine}.`);
    const report = engines.report(engine);
    const isOut = engines.reach().some((each) => each.engine === engine && each.status === "down");
    return {
      health: found,
      // What was measured before an outage says nothing of the time after it.
      report: report && isOut ? { ...report, values: {}, passed: [] } : report,
      age_ms: report ? Math.max(0, now.getTime() - Date.parse(report.at)) : null,
      pool: engines.pool(engine),
      last_incident: await lastIncident(scope, engine).catch(() => null),
    };
  },
});

export const getHistory = query({
  noun: health,
  action: "health.history",
  permission: "health.read",
  input: GetHistory,
  run: ({ engine, signals, range }, scope): Promise<History> => readHistory(scope, engine, signals, range),
});

export const listMarks = query({
  noun: health,
  action: "health.marks",
  permission: "health.read",
  input: ListMarks,
  run: ({ engine, range }, scope): Promise<Mark[]> => readMarks(scope, engine, range),
});

export const listMaintenance = query({
  noun: health,
  action: "health.maintenance",
  permission: "health.read",
  input: ListMaintenance,
  run: (_input, scope): Promise<Maintenance[]> => readMaintenance(scope),
});

async function lastIncident({ system }: EngineScope, engine: string): Promise<Incident | null> {
  const [row] = await system((db) =>
    db.execute<Incident>(sql`
      select id, engine, status, reasons, started_at::text as started_at, ended_at::text as ended_at
      from system.incidents where engine = ${engine} order by started_at desc limit 1`),
  );
  if (!row) return null;
  return { ...row, started_at: toIso(row.started_at), ended_at: row.ended_at === null ? null : toIso(row.ended_at) };
}
