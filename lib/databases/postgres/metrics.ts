// Measures through the monitor's own way in: the checks of a pass one after the other, each with its own outcome.
import "server-only";
import { type Collector, EMPTY_READING, type Reading } from "../collector";
import type { Blind, Values } from "../schema";
import { type Check, SERVER } from "./checks";
import type { Pool } from "./pool";
import { checksFor } from "./slow-checks";
import type { PostgresWatch } from "./watch";

type Cells = Record<string, number | string | null>;
/** Counts whose share is worth more than their rates; kept between two passes of a minute. */
type Kept = { generation: string; cells: Cells };

/** A share of less than this is chance. */
const ENOUGH = { blocks: 1_000, transactions: 100 };

export function createPostgresCollector({ monitor }: Pick<PostgresWatch, "monitor">): Collector {
  let kept: Kept | null = null;

  return {
    async collect(everyS) {
      const [server] = await monitor.query<Cells>(SERVER.sql);
      if (!server) throw new Error("PostgreSQL does not say who it is.");
      const role = String(server["watched as"]);
      const readings: Reading[] = [EMPTY_READING, await readingOf(SERVER, server, role)];
      for (const check of checksFor(Number(server["version"])).filter((each) => each.everyS === everyS)) {
        readings.push(await make(monitor, check, role));
      }
      const generation = String(server["generation"]);
      const { gauges, ...rest } = joined(readings, generation);
      if (everyS !== 60) return { ...rest, gauges };
      const cells: Cells = { ...gauges, ...rest.counters };
      const shares = sharesOf(kept?.generation === generation ? kept.cells : null, cells);
      kept = { generation, cells };
      const { minute_commits: _commits, minute_rollbacks: _rollbacks, ...measured } = gauges;
      return { ...rest, gauges: { ...measured, ...shares } };
    },
  };
}

async function make(monitor: Pool, check: Check, role: string): Promise<Reading> {
  try {
    const [row] = await monitor.query<Cells>(check.sql);
    return readingOf(check, row ?? {}, role);
  } catch (error) {
    const blind = blindOf(check, error, role);
    const isOfExtension = blind.kind === "not_reported" && check.sql.includes("pg_stat_statements");
    return { ...EMPTY_READING, blind: [isOfExtension ? await withoutStatements(monitor, blind, role) : blind] };
  }
}

function readingOf(
  check: Check,
  { hidden, allow, version: _version, generation: _generation, ...cells }: Cells,
  role: string,
): Reading {
  const isBlind = typeof hidden === "number" && hidden > 0;
  const reading = {
    ...EMPTY_READING,
    gauges: {} as Values,
    counters: {} as Values,
    facts: {} as Record<string, string>,
    rows: 1,
  };
  for (const [name, value] of Object.entries(cells)) {
    if (typeof value === "string") {
      if (value !== "") reading.facts[name] = value;
    } else {
      (check.counters?.includes(name) ? reading.counters : reading.gauges)[name] = isBlind ? null : value;
    }
  }
  const grant = typeof allow === "string" ? allow : check.grant(role);
  const blind: readonly Blind[] = isBlind ? [{ check: check.check, kind: "denied", why: check.why, grant }] : [];
  return { ...reading, blind };
}

/** What the server refused to this one question; whoever cannot ask at all throws. */
export function blindOf(check: Pick<Check, "check" | "why" | "grant">, error: unknown, role: string): Blind {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const about = { check: check.check, grant: null };
  if (code === "42501") return { ...about, kind: "denied", why: check.why, grant: check.grant(role) };
  if (code === "57014" || code === "55P03") return { ...about, kind: "slow", why: "It took too long and was stopped." };
  if (["42P01", "42883", "42703"].includes(code)) {
    return { ...about, kind: "not_reported", why: "This server does not offer it." };
  }
  if (code === "55000") return { ...about, kind: "not_reported", why: "Its extension is not loaded by this server." };
  throw error;
}

/** A table that is not found may be one whose schema the role may not enter. */
export async function withoutStatements(monitor: Pool, blind: Blind, role: string): Promise<Blind> {
  const [row] = await monitor.query<{ schema: string }>(
    `select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_stat_statements'`,
  );
  if (!row) return { ...blind, why: "The extension pg_stat_statements is not installed in this database." };
  const why = "The monitor may not enter the schema of pg_stat_statements.";
  return { ...blind, kind: "denied", why, grant: `GRANT USAGE ON SCHEMA ${row.schema} TO ${role};` };
}

function joined(readings: readonly Reading[], generation: string): Reading {
  return {
    gauges: Object.assign({}, ...readings.map(({ gauges }) => gauges)),
    counters: Object.assign({}, ...readings.map(({ counters }) => counters)),
    facts: Object.assign({}, ...readings.map(({ facts }) => facts)),
    blind: readings.flatMap(({ blind }) => blind),
    rows: readings.reduce((sum, { rows }) => sum + rows, 0),
    generation,
  };
}

/** Of the last minute, not since the statistics began; null where too little happened, and absent while unknown. */
function sharesOf(before: Cells | null, now: Cells): Values {
  return {
    ...share("cache_hit", delta(before, now, "blocks_hit"), delta(before, now, "blocks_read"), ENOUGH.blocks),
    ...share(
      "rollback_share",
      delta(before, now, "minute_rollbacks"),
      delta(before, now, "minute_commits"),
      ENOUGH.transactions,
    ),
  };
}

function delta(before: Cells | null, now: Cells, name: string): number | null {
  const [from, to] = [before?.[name], now[name]];
  return typeof from === "number" && typeof to === "number" && to >= from ? to - from : null;
}

function share(name: string, part: number | null, rest: number | null, enough: number): Values {
  if (part === null || rest === null) return {};
  return { [name]: part + rest < enough ? null : Math.round((10_000 * part) / (part + rest)) / 100 };
}
