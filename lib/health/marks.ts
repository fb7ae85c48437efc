import "server-only";
import { sql } from "drizzle-orm";
import { AuditBody } from "@/lib/core/audit";
import type { EngineScope } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import { ENGINE_LABELS, ENGINES, type Engine } from "@/lib/databases/schema";
import { rangeStart } from "./history";
import type { Mark, Range } from "./schema";

const MOST_MARKS = 30;

/** The newest marks of the range, oldest first. */
export async function readMarks(scope: EngineScope, engine: Engine | undefined, range: Range): Promise<Mark[]> {
  const from = rangeStart(range, scope.now).toISOString();
  const engines: readonly Engine[] = engine ? [engine] : ENGINES;
  const [acts, incidents, windows] = await Promise.all([
    actsOf(scope, engines, from),
    incidentsOf(scope, engines, from),
    windowsOf(scope, engines, from),
  ]);
  const newestFirst = [...acts, ...incidents, ...windows].sort((a, b) => (a.at < b.at ? 1 : -1));
  return newestFirst.slice(0, MOST_MARKS).reverse();
}

type Act = { id: string; at: string; action: string; body: string };

/** Every remedy that was carried out, whatever came of it; the request before it is not drawn as well. */
async function actsOf({ audit }: EngineScope, engines: readonly Engine[], from: string): Promise<Mark[]> {
  const rows = await audit((db) =>
    db.execute<Act>(sql`
      select id, at::text as at, action, body from system.audit_events
      where noun = 'health' and at >= ${from}::timestamptz
      order by at desc, id desc limit ${MOST_MARKS * 4}`),
  );
  return rows.flatMap(({ id, at, action, body }): Mark[] => {
    const [, named, verb = ""] = action.split(".");
    const engine = engines.find((each) => each === named);
    const { outcome, target_id: target = "" } = AuditBody.parse(JSON.parse(body));
    if (!engine || outcome === "requested") return [];
    const words = verb.replaceAll("-", " ");
    const told = outcome === "done" ? "" : outcome === "failed" ? " (failed)" : " (no effect)";
    const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${target}${told}`;
    return [{ at: toIso(at), until: null, kind: "action", engine, text, href: `/audit/${id}` }];
  });
}

type Span = { engine: Engine; from: string; until: string | null; text: string };

async function incidentsOf({ system }: EngineScope, engines: readonly Engine[], from: string): Promise<Mark[]> {
  const rows = await system((db) =>
    db.execute<Span>(sql`
      select engine, started_at::text as "from", ended_at::text as until,
        status || coalesce(': ' || (reasons -> 0 ->> 'text'), '') as text
      from system.incidents
      where engine = any(${`{${engines.join(",")}}`}::text[])
        and (ended_at is null or ended_at >= ${from}::timestamptz)
      order by started_at desc limit ${MOST_MARKS}`),
  );
  return rows.map((row) => asMark(row, "incident", `${ENGINE_LABELS[row.engine]} ${row.text}`));
}

async function windowsOf({ system }: EngineScope, engines: readonly Engine[], from: string): Promise<Mark[]> {
  const rows = await system((db) =>
    db.execute<Span>(sql`
      select engine, starts_at::text as "from", ends_at::text as until, reason as text
      from system.maintenance_windows
      where engine = any(${`{${engines.join(",")}}`}::text[]) and ends_at >= ${from}::timestamptz and starts_at <= now()
      order by starts_at desc limit ${MOST_MARKS}`),
  );
  return rows.map((row) => asMark(row, "maintenance", `${ENGINE_LABELS[row.engine]} in maintenance: ${row.text}`));
}

function asMark({ engine, from, until }: Span, kind: Mark["kind"], text: string): Mark {
  return { at: toIso(from), until: until === null ? null : toIso(until), kind, engine, text, href: null };
}
