// Measures the four engines every ten seconds, judges them, and tells everybody. One worker does it at a time. No engine
// waits for another one, nor for PostgreSQL, where all of it is kept.
import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { reportChannel } from "@/lib/core/engine-feed";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { type Collector } from "@/lib/databases/collector";
import { createCollectors } from "@/lib/databases/collectors";
import { initialState } from "@/lib/databases/health";
import { passedLimits } from "@/lib/databases/pressure";
import type { Outcome } from "@/lib/databases/probe";
import { ENGINES, type Engine, type EngineReport, type Values, answers } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { type Verdict, firstVerdict, nextVerdict } from "@/lib/databases/verdict";
import { Archive, type Sample } from "./archive";
import { type IncidentChange, type OpenIncident, incidentChange } from "./incident";
import { Measure } from "./measure";
import { outboxFigures } from "./outbox-figures";
import { createTelling } from "./telling";

const TICK_MS = 10_000;
/** Who takes longer than this is not waited for: the others go on, and what it says is told when it comes. */
const LONGEST_MS = 9_000;
const MAINTENANCE_MS = 1_000;
/** The only instance there is until replicas are watched one by one. */
const INSTANCE = "primary";

type Watched = {
  engine: Engine;
  measure: Measure;
  verdict: Verdict;
  incident: OpenIncident | null;
  isBusy: boolean;
};

export type SamplerOptions = {
  namespace: string;
  /** Whether this worker is the one that samples. */
  leads(): Promise<boolean>;
  /** Called with every new report, after it was published. */
  onReport?: (report: EngineReport) => Promise<void>;
  collectors?: Record<Engine, Collector | null>;
};

export function createSampler(stores: Stores, options: SamplerOptions) {
  const { namespace, onReport, leads } = options;
  const collectors = options.collectors ?? createCollectors(stores.databases.watchers);
  const archive = new Archive(stores.postgres.system);
  const tell = createTelling(async (report) => onReport?.(report).catch(unheard));
  let watched: Watched[] | null = null;
  let maintenance = new Map<Engine, string>();
  let asking: Promise<void> | null = null;

  /** Begins where the last sampler of any worker ended. */
  async function takeOver(): Promise<Watched[]> {
    const memory = await archive.memory().catch(() => new Map<Engine, never>());
    return ENGINES.flatMap((engine) => {
      const collector = collectors[engine];
      if (!collector) return [];
      const before: { verdict: Verdict; incident: OpenIncident | null } | undefined = memory.get(engine);
      const verdict = before?.verdict ?? firstVerdict(initialState(engine, new Date()));
      const measure = new Measure(collector, CATALOGUE[engine]);
      return [{ engine, measure, verdict, incident: before?.incident ?? null, isBusy: false }];
    });
  }

  async function askMaintenance(): Promise<void> {
    maintenance = await archive.maintenance().catch(() => maintenance);
    asking = null;
  }

  /** The engine is free again once it is measured, however long it takes to write that down. */
  async function pass(each: Watched): Promise<void> {
    if (each.isBusy) return;
    each.isBusy = true;
    const passed = await measured(each).finally(() => {
      each.isBusy = false;
    });
    if (!passed) return;
    const { report, sample, change } = passed;
    await publish(report);
    await archive.keep({ report, memory: { verdict: each.verdict, incident: each.incident } }, sample, change);
    await tell(report);
  }

  async function measured(each: Watched): Promise<Passed | null> {
    const { engine, measure } = each;
    const outcome = await stores.databases.monitor.probe(engine);
    if (!outcome) return null;
    const at = new Date();
    const fresh = outcome.ok ? { ...(await measure.take(at)), ...(await ownValues(engine, outcome)) } : {};
    measure.note(fresh, at);
    const measuredValues = measure.valid(at);
    const signals = CATALOGUE[engine];
    const seen = { at, outcome, values: measuredValues, maintenance: maintenance.get(engine) ?? null };
    each.verdict = nextVerdict(each.verdict, seen, signals);
    const { health, conditions } = each.verdict;
    const reach = each.verdict.reach.health.status;
    // What was measured before an outage says nothing of the time after it.
    const values = answers(reach) ? measuredValues : {};
    const change = incidentChange(each.incident, health, randomUUID());
    if (change) each.incident = change.kind === "end" ? null : change.incident;
    const report: EngineReport = {
      engine,
      instance: INSTANCE,
      at: at.toISOString(),
      health,
      reach,
      values,
      passed: passedLimits(conditions, values, signals),
      facts: measure.facts,
      blind: measure.blind,
      costs: measure.costs,
    };
    return { report, change, sample: sampleOf(report, fresh) };
  }

  /** What is not read from the engine itself: how long it took to answer, and what waits for the search index. */
  async function ownValues(engine: Engine, outcome: Extract<Outcome, { ok: true }>): Promise<Values> {
    const figures = engine === "postgres" ? await outboxFigures(stores.postgres.system).catch(() => ({})) : {};
    return { answer_ms: outcome.latencyMs, ...figures };
  }

  async function publish(report: EngineReport): Promise<void> {
    stores.engines.receive(report);
    const { redis } = stores.databases;
    if (!redis) return;
    const text = JSON.stringify(report);
    await redis.guard.run(() => redis.redis.publish(reportChannel(namespace), text)).catch(() => {});
  }

  /** Who hears of a report may fail (PostgreSQL is away); the next pass is not late for it. */
  function unheard(error: unknown): void {
    stores.log.warn({ code: toAppError(error).code }, "A report was not evaluated.");
  }

  return {
    archive,
    /** One pass over each engine whose last one has ended; answers the milliseconds until the next. */
    async tick(): Promise<number> {
      const began = performance.now();
      if (!(await leads())) {
        watched = null;
        return TICK_MS;
      }
      watched ??= await takeOver();
      await atMost(MAINTENANCE_MS, (asking ??= askMaintenance()));
      await atMost(LONGEST_MS - (performance.now() - began), Promise.all(watched.map(pass)));
      return Math.max(1_000, TICK_MS - (performance.now() - began));
    },
  };
}

type Passed = { report: EngineReport; change: IncidentChange | null; sample: Sample | null };

/** Goes on without the work when it takes longer. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const isOver = new AbortController();
  const waiting = sleep(Math.max(0, ms), undefined, { ref: false, signal: isOver.signal }).catch(() => {});
  try {
    await Promise.race([work, waiting]);
  } finally {
    isOver.abort();
  }
}

/** Only what was measured just now: an old value would draw a line over a gap. */
function sampleOf({ engine, instance, at }: EngineReport, fresh: Values): Sample | null {
  const known = Object.entries(fresh).filter(([, value]) => value !== null);
  return known.length === 0 ? null : { store: engine, instance, at, v: Object.fromEntries(known) };
}
