// When a rule would have fired, by what was measured.
import "server-only";
import { sql } from "drizzle-orm";
import type { Condition } from "@/lib/databases/pressure";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import { NOTHING, judge } from "./judge";
import type { Firing, TryAnswer } from "./schema";
import type { Watchable } from "./signals";

const DAYS = 7;
/** Enough for a line as wide as a dialog. */
const SHOWN = 336;
/** Two steps of a minute missed: then what lies between was not measured. */
const GAP_MS = 150_000;

type Marks = { comparison: "over" | "under"; threshold: number; clear: number | null; for_seconds: number };

/** `worst`: the largest value of the step for a rule on too much, the smallest for one on too little. */
type Measured = { at: number; worst: number };

/** Pure: the same rule, one value after another. An alert that has not ended at the last value has no end. */
export function firingsOf(points: readonly Measured[], marks: Marks): Firing[] {
  const rule = { ...marks, critical_threshold: null };
  const found: Firing[] = [];
  let judged = NOTHING;
  let peak: number | null = null;
  let open: Firing | null = null;
  for (const { at, worst } of points) {
    judged = judge(rule, judged, worst, new Date(at));
    peak = judged.condition ? further(marks, peak, worst) : null;
    if (open && !judged.condition) open = ended(open, at);
    else if (open && peak !== null) open.peak = peak;
    else if (judged.condition?.holds && peak !== null) found.push((open = begun(judged.condition, peak)));
    if (open?.to) open = null;
  }
  const last = points.at(-1)?.at;
  if (open && last !== undefined) open.seconds = secondsTo(open, last);
  return found;
}

function begun({ since }: Condition, peak: number): Firing {
  return { from: since, to: null, seconds: 0, peak };
}

function ended(open: Firing, at: number): Firing {
  open.to = new Date(at).toISOString();
  open.seconds = secondsTo(open, at);
  return open;
}

function secondsTo({ from }: Firing, at: number): number {
  return Math.round((at - Date.parse(from)) / 1000);
}

function further({ comparison }: Marks, peak: number | null, value: number): number {
  if (peak === null) return value;
  return comparison === "over" ? Math.max(peak, value) : Math.min(peak, value);
}

/** The worst value of each of a few hundred steps; null where nothing was measured. */
function thinned(points: readonly Measured[], { comparison }: Pick<Marks, "comparison">): TryAnswer["points"] {
  const first = points[0]?.at;
  const last = points.at(-1)?.at;
  if (first === undefined || last === undefined) return [];
  const width = Math.max((last - first) / SHOWN, GAP_MS);
  const steps = new Map<number, number>();
  for (const { at, worst } of points) {
    const step = Math.floor((at - first) / width);
    const known = steps.get(step);
    const value = known === undefined ? worst : comparison === "over" ? Math.max(known, worst) : Math.min(known, worst);
    steps.set(step, value);
  }
  const most = Math.floor((last - first) / width);
  return Array.from({ length: most + 1 }, (_, step) => [Math.round(first + step * width), steps.get(step) ?? null]);
}

export async function tryRule(db: ReadDb, signal: Watchable, marks: Marks): Promise<TryAnswer> {
  const points = signal.id === "up" ? await reachPoints(db, signal) : await measuredPoints(db, signal, marks);
  return {
    kept: true,
    unit: signal.unit,
    firings: firingsOf(points, marks).reverse(),
    points: thinned(points, marks),
  };
}

/** By minutes, and for the last ones, which are not rolled up yet, as they were measured. */
async function measuredPoints(db: ReadDb, { engine, id }: Watchable, { comparison }: Marks): Promise<Measured[]> {
  const part = comparison === "over" ? 2 : 0;
  const rows = await db.execute<{ at: string; worst: number }>(sql`
    with minutes as (
      select at, (v -> ${id}::text ->> ${part}::integer)::float8 as worst
      from system.metric_samples
      where step = 1 and store = ${engine} and at > now() - make_interval(days => ${DAYS}) and v ? ${id}::text
    ), fresh as (
      select at, (v ->> ${id}::text)::float8 as worst
      from system.metric_samples
      where step = 0 and store = ${engine} and v ? ${id}::text
        and at > greatest(now() - interval '2 hours', coalesce((select max(at) + interval '1 minute' from minutes), '-infinity'))
    )
    select extract(epoch from at)::float8 * 1000 as at, worst
    from (select * from minutes union all select * from fresh) as measured
    where worst is not null
    order by at`);
  return rows.map(({ at, worst }) => ({ at: Number(at), worst: Number(worst) }));
}

/** Reach is not a sample: it is kept as incidents. */
async function reachPoints(db: ReadDb, { engine }: Watchable): Promise<Measured[]> {
  const rows = await db.execute<{ started: string; ended: string | null }>(sql`
    select extract(epoch from started_at)::float8 * 1000 as started, extract(epoch from ended_at)::float8 * 1000 as ended
    from system.incidents
    where engine = ${engine} and status in ('down', 'unknown')
      and coalesce(ended_at, now()) > now() - make_interval(days => ${DAYS})
    order by started_at`);
  const now = Date.now();
  const begin = { at: now - DAYS * 86_400_000, worst: 1 };
  const during = rows.flatMap(({ started, ended }) => [
    { at: Number(started), worst: 0 },
    ended === null ? { at: now, worst: 0 } : { at: Number(ended), worst: 1 },
  ]);
  const end = rows.some(({ ended }) => ended === null) ? [] : [{ at: now, worst: 1 }];
  return [begin, ...during, ...end];
}
