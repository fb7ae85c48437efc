// Evaluates the rules on what the sampler has just reported of an engine.
import "server-only";
import { type Judged, NOTHING, judge } from "@/lib/alerts/judge";
import type { Severity } from "@/lib/alerts/schema";
import { upValue, watchable } from "@/lib/alerts/signals";
import type { Stores } from "@/lib/core/stores";
import { loggable, toAppError } from "@/lib/core/translate";
import type { EngineReport } from "@/lib/databases/schema";
import { type Emergency, createEmergency } from "./emergency";
import { type Seen, openAlert, refreshAlerts, resolveAlert, tellLate, worsenAlert } from "./record";
import { type Watched, readWatched } from "./watched";

const RULES_MS = 10_000;

/** `lost` is an alert that should be open but could not be written: PostgreSQL may be what it is about. */
type Memory = Judged & { version: number; peak: number | null; lost: Seen | null };

export type Evaluator = {
  /** Never throws: what cannot be written now is tried again with the next report. */
  evaluate(report: EngineReport, now?: Date): Promise<void>;
};

type World = Pick<Stores, "postgres" | "log">;

/** Conditions that do not hold yet live in memory only: after a failover their time begins anew. */
export function createEvaluator({ postgres: { system }, log }: World, emergency?: Emergency): Evaluator {
  const memories = new Map<string, Memory>();
  let rules: readonly Watched[] = [];
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  /** While PostgreSQL is away the rules are those it had last. */
  async function read(): Promise<void> {
    const found = await readWatched(system).catch(() => null);
    if (!found) return;
    await emergency?.keep().catch(() => {});
    rules = found;
    readAt = performance.now();
    const known = new Set(found.map(({ id }) => id));
    for (const id of memories.keys()) if (!known.has(id)) memories.delete(id);
  }

  async function freshen(): Promise<void> {
    if (performance.now() - readAt < RULES_MS) return;
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  }

  function remembered(rule: Watched): Memory {
    const memory = memories.get(rule.id);
    const condition = rule.open && { since: rule.open.started_at, holds: true };
    const isNew = memory === undefined || memory.version !== rule.version;
    const peak = memory?.peak ?? rule.open?.peak ?? null;
    const base = isNew ? { ...NOTHING, version: rule.version, peak, lost: memory?.lost ?? null } : memory;
    return condition ? { ...base, condition } : base;
  }

  /** Answers whether something was written that the cached rules do not know. */
  async function act(rule: Watched, report: EngineReport, now: Date): Promise<boolean> {
    const before = remembered(rule);
    const { value, text, isIdle } = valueOf(rule, report);
    const ageS = (now.getTime() - Date.parse(report.at)) / 1000;
    const judged = judge(rule, before, value, new Date(report.at), { ageS, isIdle });
    const peak = judged.condition ? worst(rule, before.peak, value) : null;
    const memory: Memory = { ...judged, version: rule.version, peak, lost: before.lost };
    memories.set(rule.id, memory);
    if (!rule.open) return opened(rule, memory, { value, text }, report.at);
    if (!rule.active || rule.open.signal !== rule.signal) return resolved(rule, "rule", report.at);
    if (!judged.condition) return resolved(rule, "cleared", report.at);
    const seen = seenOf(rule, memory, value, text);
    if (seen.severity === "critical" && rule.open.severity === "warn") {
      await worsenAlert(system, rule, seen);
      return true;
    }
    if (rule.open.told || rule.muted || rule.open.acknowledged) return false;
    await tellLate(system, rule);
    return true;
  }

  async function opened(
    rule: Watched,
    memory: Memory,
    { value, text }: { value: number | null; text: string },
    at: string,
  ): Promise<boolean> {
    const { condition, lost } = memory;
    if (!rule.active || (!condition?.holds && !lost)) return false;
    const seen = condition?.holds ? seenOf(rule, memory, value, text) : lost;
    if (!seen) return false;
    try {
      await openAlert(system, rule, seen, condition?.holds ? null : at);
      memories.set(rule.id, { ...memory, lost: null });
      emergency?.forget(rule);
      return true;
    } catch (error) {
      memories.set(rule.id, { ...memory, lost: seen });
      if (toAppError(error).code === "unavailable") void emergency?.tell(rule, seen);
      throw error;
    }
  }

  async function resolved(rule: Watched, why: "cleared" | "rule", at: string): Promise<boolean> {
    await resolveAlert(system, rule, why, at);
    memories.delete(rule.id);
    return true;
  }

  return {
    async evaluate(report, now = new Date()) {
      await freshen();
      const own = rules.filter(({ signal }) => signal.startsWith(`${report.engine}.`));
      let failure: unknown = null;
      for (const rule of own) {
        try {
          if (await act(rule, report, now)) readAt = -Infinity;
        } catch (error) {
          failure ??= error;
        }
      }
      const open = own.flatMap((rule) => (rule.open ? [{ id: rule.open.id, seen: seenNow(rule, report) }] : []));
      await refreshAlerts(system, open).catch((error: unknown) => {
        failure ??= error;
      });
      if (failure !== null) complain(failure);
    },
  };

  function complain(error: unknown): void {
    const { code } = toAppError(error);
    if (code === "internal") log.error({ error: loggable(error) }, "Rules could not be evaluated.");
    else log.warn({ code }, "Alerts could not be written; the next report tries again.");
  }

  function seenNow(rule: Watched, report: EngineReport): Seen {
    const { value, text } = valueOf(rule, report);
    return seenOf(rule, remembered(rule), value, text);
  }
}

const evaluators = new WeakMap<object, Evaluator>();

/** For the sampler: after each pass, with what it reported. */
export function evaluateAlerts(stores: Stores, report: EngineReport): Promise<void> {
  let evaluator = evaluators.get(stores);
  if (!evaluator) evaluators.set(stores, (evaluator = createEvaluator(stores, createEmergency(stores))));
  return evaluator.evaluate(report);
}

/** What was measured before an outage says nothing of the time after it. */
function valueOf({ signal }: Watched, report: EngineReport): { value: number | null; text: string; isIdle: boolean } {
  const known = watchable(signal);
  if (!known) return { value: null, text: `${signal} is not measured any more`, isIdle: false };
  const { health, values } = report;
  const measured = health.status === "maintenance" || upValue(report) === 1;
  const value = known.id === "up" ? upValue(report) : measured ? (values[known.id] ?? null) : null;
  return { value, text: known.says(value, values), isIdle: measured && known.isAtRest(values) };
}

function seenOf(rule: Watched, memory: Memory, value: number | null, text: string): Seen {
  const severity: Severity = memory.critical?.holds || rule.open?.severity === "critical" ? "critical" : rule.severity;
  return { severity, text, value, peak: memory.peak ?? value, since: memory.condition?.since ?? "" };
}

function worst({ comparison }: Watched, peak: number | null, value: number | null): number | null {
  if (peak === null || value === null) return value ?? peak;
  return comparison === "under" ? Math.min(peak, value) : Math.max(peak, value);
}
