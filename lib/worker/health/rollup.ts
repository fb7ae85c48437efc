// From samples to minutes to hours. The running minute and hour are rolled up too, and again until they are over.
import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

/** One statement covers at most this much, so that it ends well within its limit after a long pause. */
const SLICE_S = { minute: 6 * 3_600, hour: 10 * 86_400 };
const MOST_SLICES = 60;

const MINUTES = `
  insert into system.metric_samples (store, instance, step, at, v)
  select store, instance, 1, bucket, jsonb_object_agg(key, jsonb_build_array(low, mean, high))
  from (
    select s.store, s.instance, date_trunc('minute', s.at) as bucket, e.key,
      min(e.value::float8) as low, avg(e.value::float8) as mean, max(e.value::float8) as high
    from system.metric_samples s, jsonb_each_text(s.v) e
    where s.step = 0 and s.at >= $1::text::timestamptz and s.at < $2::text::timestamptz
    group by 1, 2, 3, 4
  ) as figures
  group by store, instance, bucket
  on conflict (step, store, instance, at) do update set v = excluded.v`;

/** The mean of an hour is the mean of its minutes. */
const HOURS = `
  insert into system.metric_samples (store, instance, step, at, v)
  select store, instance, 60, bucket, jsonb_object_agg(key, jsonb_build_array(low, mean, high))
  from (
    select s.store, s.instance, date_trunc('hour', s.at) as bucket, e.key,
      min((e.value->>0)::float8) as low, avg((e.value->>1)::float8) as mean, max((e.value->>2)::float8) as high
    from system.metric_samples s, jsonb_each(s.v) e
    where s.step = 1 and s.at >= $1::text::timestamptz and s.at < $2::text::timestamptz
    group by 1, 2, 3, 4
  ) as figures
  group by store, instance, bucket
  on conflict (step, store, instance, at) do update set v = excluded.v`;

/** `lateFrom` is where samples were written after their time (ISO), if anywhere. */
export async function rollUp(system: Pool, lateFrom: string | null = null): Promise<void> {
  const late = lateFrom === null ? null : Date.parse(lateFrom);
  await rollStep(system, { from: 0, to: 1, unitS: 60, sliceS: SLICE_S.minute, text: MINUTES }, late);
  await rollStep(system, { from: 1, to: 60, unitS: 3_600, sliceS: SLICE_S.hour, text: HOURS }, late);
}

type Step = { from: number; to: number; unitS: number; sliceS: number; text: string };

async function rollStep(system: Pool, { from, to, unitS, sliceS, text }: Step, lateMs: number | null): Promise<void> {
  const [range] = await system.query<{ first: string | null; last: string | null; done: string | null }>(
    `select
       (select min(at) from system.metric_samples where step = $1::smallint)::text as first,
       (select max(at) from system.metric_samples where step = $1::smallint)::text as last,
       (select max(at) from system.metric_samples where step = $2::smallint)::text as done`,
    [from, to],
  );
  if (!range?.first || !range.last) return;
  const done = range.done === null ? Date.parse(range.first) : Date.parse(range.done) - unitS * 1000;
  let start = floorTo(Math.max(Date.parse(range.first), Math.min(done, lateMs ?? done)), unitS);
  const end = Date.parse(range.last) + 1;
  for (let slice = 0; start < end && slice < MOST_SLICES; slice += 1) {
    const stop = Math.min(start + sliceS * 1000, floorTo(end, unitS) + unitS * 1000);
    await system.query(text, [new Date(start).toISOString(), new Date(stop).toISOString()]);
    start = stop;
  }
}

function floorTo(ms: number, unitS: number): number {
  return Math.floor(ms / (unitS * 1000)) * unitS * 1000;
}
