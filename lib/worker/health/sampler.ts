// Measures the four engines every ten seconds, judges them, and tells everybody. One worker does it at a time.
import "server-only";
import { randomUUID } from "node:crypto";
import { reportChannel } from "@/lib/core/engine-feed";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import { type Collector } from "@/lib/databases/collector";
import { createCollectors } from "@/lib/databases/collectors";
import { initialState } from "@/lib/databases/health";
import { passedLimits } from "@/lib/databases/pressure";
import type { Outcome } from "@/lib/databases/probe";
import { ENGINES, type Engine, type EngineReport, type Values } from "@/lib/databases/schema";
import { CATALOGUE } from "@/lib/databases/signals";
import { type Verdict, firstVerdict, nextVerdict } from "@/lib/databases/verdict";
import { Archive, type Sample } from "./archive";
import { type IncidentChange, type OpenIncident, incidentChange } from "./incident";
import { Measure } from "./measure";
import { outboxFigures } from "./outbox-figures";

const TICK_MS = 10_000;
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
  let watched: Watched[] | null = null;
  let maintenance = new Map<Engine, string>();

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

  async function pass(each: Watched): Promise<Passed | null> {
    if (each.isBusy) return null;
    each.isBusy = true;
    try {
      return await measured(each);
    } finally {
      each.isBusy = false;
    }
  }

  async function measured(each: Watched): Promise<Passed | null> {
    const { engine, measure } = each;
    const outcome = await stores.databases.monitor.probe(engine);
    if (!outcome) return null;
    const at = new Date();
    const fresh = outcome.ok ? { ...(await measure.take(at)).fresh, ...(await ownValues(engine, outcome)) } : {};
    measure.note(fresh, at);
    const values = measure.valid(at);
    const signals = CATALOGUE[engine];
    each.verdict = nextVerdict(
      each.verdict,
      { at, outcome, values, maintenance: maintenance.get(engine) ?? null },
      signals,
    );
    const { health, conditions } = each.verdict;
    const change = incidentChange(each.incident, health, randomUUID());
    if (change) each.incident = change.kind === "end" ? null : change.incident;
    const report: EngineReport = {
      engine,
      instance: INSTANCE,
      at: at.toISOString(),
      health,
      values,
      passed: passedLimits(conditions, values, signals),
      facts: measure.facts,
      blind: measure.blind,
      costs: measure.costs,
    };
    return { each, report, change, sample: sampleOf(report, fresh) };
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
    /** One pass over all engines; answers the milliseconds until the next. */
    async tick(): Promise<number> {
      const began = performance.now();
      if (!(await leads())) {
        watched = null;
        return TICK_MS;
      }
      watched ??= await takeOver();
      maintenance = await archive.maintenance().catch(() => maintenance);
      const passes = (await Promise.all(watched.map(pass))).filter((found) => found !== null);
      await Promise.all(passes.map(({ report }) => publish(report)));
      await archive.keep(
        passes.flatMap(({ sample }) => sample ?? []),
        passes.flatMap(({ each, change }) => (change ? [{ engine: each.engine, change }] : [])),
        passes.map(({ each, report }) => ({ report, memory: { verdict: each.verdict, incident: each.incident } })),
      );
      for (const { report } of passes) await onReport?.(report).catch(unheard);
      return Math.max(1_000, TICK_MS - (performance.now() - began));
    },
  };
}

type Passed = { each: Watched; report: EngineReport; change: IncidentChange | null; sample: Sample | null };

/** Only what was measured just now: an old value would draw a line over a gap. */
function sampleOf({ engine, instance, at }: EngineReport, fresh: Values): Sample | null {
  const known = Object.entries(fresh).filter(([, value]) => value !== null);
  return known.length === 0 ? null : { store: engine, instance, at, v: Object.fromEntries(known) };
}
