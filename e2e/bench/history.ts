// Thirty days of samples of four engines in a database of their own, and how long a chart waits for its points.
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { ENGINES } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { env, requireEnv } from "@/lib/env";
import { readHistory } from "@/lib/health/history";
import { RANGES } from "@/lib/health/schema";
import { administrator, cloneTemplate } from "@/lib/testing/template";
import { median, verdict } from "./measure";

const DATABASE = "quadrant_bench_history";
const WANTED_MS = 100;
const CHART = ["connections_active", "connections_idle_tx", "connections_idle"];

/** As many rows as are kept: raw ones for two days, minutes for two weeks, hours for the whole month. */
const KEPT = [
  { step: 0, every: "10 s", days: 2 },
  { step: 1, every: "1 min", days: 14 },
  { step: 60, every: "1 h", days: 30 },
];

export async function benchHistory(rounds: number): Promise<void> {
  const admin = requireEnv("ADMIN_DATABASE_URL");
  const server = administrator(admin);
  await server.unsafe(`drop database if exists ${DATABASE} with (force)`);
  try {
    await cloneTemplate(DATABASE);
    const rows = await fill(admin);
    console.log(
      `\nhistory of ${CHART.length} signals among ${rows.toLocaleString("en")} rows of four engines, p50 in ms`,
    );
    await measure(rounds);
  } finally {
    await server.unsafe(`drop database if exists ${DATABASE} with (force)`);
    await server.end();
  }
}

async function fill(admin: string): Promise<number> {
  const sql = administrator(admin, DATABASE);
  let rows = 0;
  for (const engine of ENGINES) {
    for (const { step, every, days } of KEPT) {
      const value = step === 0 ? 42.5 : [40.25, 42.5, 44.75];
      const values = JSON.stringify(Object.fromEntries(CATALOGUE[engine].map(({ id }) => [id, value])));
      const { count } = await sql`
        insert into system.metric_samples (store, instance, step, at, v)
        select ${engine}, 'primary', ${step}::smallint, at, ${values}::text::jsonb
        from generate_series(now() - make_interval(days => ${days}), now(), ${every}::interval) as at`;
      rows += count;
    }
  }
  await sql`vacuum analyze system.metric_samples`;
  await sql.end();
  return rows;
}

/** By the console's own credential and statement. */
async function measure(rounds: number): Promise<void> {
  const address = new URL(env().SYSTEM_DATABASE_URL);
  address.pathname = `/${DATABASE}`;
  const client = postgres(address.href, { max: 1, onnotice: () => {} });
  const db = drizzle(client);
  for (const range of RANGES) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await readHistory({ system: (work) => work(db), now: new Date() }, "postgres", CHART, range);
      times.push(performance.now() - began);
    }
    const ms = median(times);
    console.log(`${range.padEnd(30)} ${ms.toFixed(1).padStart(14)}  ${verdict(ms, WANTED_MS)}`);
  }
  await client.end();
}
