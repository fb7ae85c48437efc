import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { EngineScope } from "@/lib/core/operation";
import type { Engine } from "@/lib/databases/schema";
import type { Signal } from "@/lib/databases/signal";
import { CATALOGUE } from "@/lib/databases/signals";
import type { History, Point, Range, SignalInfo } from "./schema";

/** Of each range: its length, the width of a point, and which roll-up is read (0 raw, 1 minutes, 60 hours). */
const RANGE: Record<Range, { lengthS: number; stepS: number; from: 0 | 1 | 60 }> = {
  "15m": { lengthS: 900, stepS: 10, from: 0 },
  "1h": { lengthS: 3_600, stepS: 20, from: 0 },
  "6h": { lengthS: 21_600, stepS: 120, from: 0 },
  "24h": { lengthS: 86_400, stepS: 300, from: 1 },
  "7d": { lengthS: 604_800, stepS: 3_600, from: 60 },
  "30d": { lengthS: 2_592_000, stepS: 7_200, from: 60 },
};

/** After so many of its intervals without a value a line is broken. */
const GAP_INTERVALS = 2.5;

export function rangeStart(range: Range, now: Date): Date {
  return new Date(now.getTime() - RANGE[range].lengthS * 1000);
}

type Row = { id: string; at: number; mean: number; max: number };

/** The course of some signals of one engine. Throws `invalid` for a signal the engine does not have. */
export async function readHistory(
  { system, now }: Pick<EngineScope, "system" | "now">,
  engine: Engine,
  ids: readonly string[],
  range: Range,
): Promise<History> {
  const signals = ids.map((id) => signalOf(engine, id));
  const { stepS, from } = RANGE[range];
  const start = rangeStart(range, now);
  const rows = await system((db) => db.execute<Row>(question(engine, ids, { start, now, stepS, from })));
  return {
    from: start.toISOString(),
    to: now.toISOString(),
    step_s: stepS,
    series: signals.map((signal) => ({
      signal: infoOf(signal),
      points: withGaps(
        rows.filter(({ id }) => id === signal.id),
        Math.max(stepS, signal.everyS) * 1000,
      ),
    })),
  };
}

/**
 * A raw value is a number, a rolled-up one is [min, mean, max]. A row is unpacked once for all signals: asking it for one
 * after the other would unpack it as often. Ids are names of the catalogue, so they may stand in the text.
 */
function question(
  engine: Engine,
  ids: readonly string[],
  { start, now, stepS, from }: { start: Date; now: Date; stepS: number; from: number },
) {
  const list = (each: (id: string, index: number) => string) => sql.raw(ids.map(each).join(", "));
  const value = (id: string, place: number) => (from === 0 ? `f."${id}"::float8` : `(f."${id}" -> ${place})::float8`);
  return sql`
    select w.id, extract(epoch from s.at)::float8 * 1000 as at, w.mean, w.max
    from (
      select date_bin(make_interval(secs => ${stepS}::int), s.at, 'epoch') as at,
        ${list((id, index) => `avg(${value(id, 1)}) as mean_${index}, max(${value(id, 2)}) as max_${index}`)}
      from system.metric_samples s
      cross join lateral jsonb_to_record(s.v) as f (${list((id) => `"${id}" jsonb`)})
      where s.step = ${from}::smallint and s.store = ${engine} and s.at >= ${start.toISOString()}::timestamptz
        and s.at <= ${now.toISOString()}::timestamptz
      group by 1
    ) s
    cross join lateral (values ${list((id, index) => `('${id}', s.mean_${index}, s.max_${index})`)}) as w (id, mean, max)
    where w.mean is not null
    order by at`;
}

/** A point without a value wherever the next one is too far away. */
function withGaps(rows: readonly Omit<Row, "id">[], intervalMs: number): Point[] {
  return rows.flatMap(({ at, mean, max }, index): Point[] => {
    const previous = rows[index - 1];
    const isAfterGap = previous !== undefined && at - previous.at > intervalMs * GAP_INTERVALS;
    const point: Point = [at, mean, max];
    return isAfterGap ? [[previous.at + intervalMs, null, null], [at - 1, null, null], point] : [point];
  });
}

function signalOf(engine: Engine, id: string): Signal {
  const found = CATALOGUE[engine].find((signal) => signal.id === id);
  if (!found) throw new AppError("invalid", `${engine} has no signal of this name.`, { fields: { signals: [id] } });
  return found;
}

function infoOf({ id, engine, label, unit, everyS, limits }: Signal): SignalInfo {
  return {
    id,
    engine,
    label,
    unit,
    every_s: everyS,
    limits: limits.map(({ severity, over = null, under = null, forS }) => ({ severity, over, under, for_s: forS })),
  };
}
