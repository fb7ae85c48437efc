import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { Context, Saved } from "@/lib/core/operation";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { soldPlan, wrongBooks } from "@/lib/testing/billing";
import { context, person, staff } from "@/lib/testing/factories";
import { chance } from "@/lib/testing/model/chance";
import { auditOf, settledLines, wrongBounds, wrongStories } from "@/lib/testing/model/checks";
import { installClock, setAhead } from "@/lib/testing/model/clock";
import { type Kills, keepWorkers, killConnection } from "@/lib/testing/model/kills";
import { type World, nextMove } from "@/lib/testing/model/moves";
import { testStores } from "@/lib/testing/stores";
import { bill } from "./billing";
import { createCollector } from "./collect";
import { applyEvents } from "./processor-events";

/** The same seed chooses alike; which of two at once is first, nobody can choose. The full run is of 10,000. */
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);
const OPERATIONS = Number(process.env.MODEL_OPERATIONS ?? 10_000);
const SIDE_BY_SIDE = 16;
const JUMPS = 12;
const KILL_EVERY = 20;
const DAY_MS = 86_400_000;

/** What an operation may answer when others were faster or the database was away; anything else is a fault of ours. */
const EXPECTED = new Set([
  ...["stale", "conflict", "invalid", "not_found", "busy", "unavailable", "approval_required", "in_progress"],
  "outcome_unknown",
]);

let stores: Stores;
let world: World;
let actors: Context[];

beforeAll(async () => {
  stores = await testStores();
  const plans = [
    await soldPlan({ minor: 3000 }, { minor: 30_000, period: "year" }),
    await soldPlan({ minor: 9900, trial_days: 7 }, { minor: 900, currency: "JPY" }),
    await soldPlan({ minor: 1234, currency: "EUR" }, { minor: 2999, currency: "EUR", period_count: 3 }),
  ];
  const people = await Promise.all(Array.from({ length: 60 }, async () => (await person()).id));
  world = { stores, people: some(people), prices: some(plans.flatMap(({ prices }) => prices)) };
  actors = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => context(await staff("superadmin"))));
});

function some<T>([first, ...rest]: T[]): [T, ...T[]] {
  if (first === undefined) throw new Error("There is none.");
  return [first, ...rest];
}

it(
  "keeps its books through random operations while connections and workers are killed",
  async () => {
    console.log(`MODEL_SEED=${SEED} MODEL_OPERATIONS=${OPERATIONS}`);
    const restore = installClock();
    const random = chance(SEED);
    const kills: Kills = { connections: 0, workers: 0 };
    const over = new AbortController();
    const workers = keepWorkers(kills, chance(SEED + 2), over.signal);
    const answers = new Map<string, number>();
    const done: Saved[] = [];
    const known = new Map<string, string>();
    const changed: string[] = [];
    let begun = 0;
    const started = performance.now();
    let aheadMs = 0;
    let remembered = Promise.resolve();

    async function remember(): Promise<void> {
      const lines = await settledLines();
      for (const [id, digest] of known) if (lines.get(id) !== digest) changed.push(id);
      for (const [id, digest] of lines) known.set(id, digest);
    }

    async function onWith(ctx: Context): Promise<void> {
      while (begun < OPERATIONS) {
        // Its own number: what is awaited below lets the others count on, and a look that began earlier must not end later.
        const turn = (begun += 1);
        if (turn % KILL_EVERY === 0) await killConnection(kills);
        if (turn % Math.ceil(OPERATIONS / JUMPS) === 0) {
          aheadMs += (10 + random.below(40)) * DAY_MS;
          setAhead(aheadMs);
          workers.setAhead(aheadMs);
          remembered = remembered.then(remember);
          await remembered;
        }
        const move = await nextMove(world, random);
        // One in eight is sent twice at once, as by a finger that trembled.
        const key = random.below(8) === 0 ? randomUUID() : undefined;
        const sent = key === undefined ? [move(ctx, key)] : [move(ctx, key), move(ctx, key)];
        const results = await Promise.allSettled(sent);
        const once = new Set(results.map((result) => (result.status === "fulfilled" ? result.value.version : 0)));
        if (results.every(({ status }) => status === "fulfilled")) expect(once.size).toBe(1);
        for (const result of results) {
          const answer = result.status === "fulfilled" ? "ok" : toAppError(result.reason).code;
          answers.set(answer, (answers.get(answer) ?? 0) + 1);
          if (result.status === "fulfilled") done.push(result.value);
          else if (!EXPECTED.has(answer)) throw result.reason;
        }
      }
    }

    try {
      await Promise.all(actors.map(onWith));
    } finally {
      over.abort();
      await workers.running;
      setAhead(aheadMs + 2 * DAY_MS);
      await finishAll().finally(restore);
    }
    await remember();
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log({ ...Object.fromEntries(answers), ...kills, lines: known.size, seconds });

    expect(changed).toEqual([]);
    expect(await wrongBooks()).toEqual([]);
    expect(await wrongBounds()).toEqual([]);
    expect(await wrongStories()).toEqual([]);
    const audit = await auditOf();
    const untold = done.filter(({ audit: id, version }) => id !== null && audit.get(id)?.version !== version);
    expect(untold).toEqual([]);
    expect(kills.connections).toBeGreaterThan(OPERATIONS / KILL_EVERY / 2);
    expect(kills.workers).toBeGreaterThan(0);
  },
  60_000 + OPERATIONS * 200,
);

/** The platform catches up: nothing is due, nothing waits for an answer any more. */
async function finishAll(): Promise<void> {
  const { signal } = new AbortController();
  for (let idle = 0; idle < 2;) {
    const collector = createCollector(stores, 50);
    const steps = [await applyEvents(stores, signal), await bill(stores, signal), await collector.step(signal)];
    idle = steps.every((count) => count === 0) ? idle + 1 : 0;
  }
}
