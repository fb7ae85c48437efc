// Asks every engine how it is, on a schedule, and remembers what they said.
import "server-only";
import { absentState, initialState, nextState, type State } from "./health";
import { type Outcome, type Probe, askOnce, tooOld } from "./probe";
import { ENGINES, ENGINE_LABELS, type Engine, type EngineHealth } from "./schema";

const EVERY_MS = 10_000;
/** While an answer contradicts the status, so that an outage is called one in seconds, not half a minute. */
const UNSETTLED_MS = 1_000;

export type Monitor = {
  /** What the last probes said, in the order of ENGINES. */
  health(): readonly EngineHealth[];
  /** Asks one engine now and answers what it said; null when none is configured. */
  probe(engine: Engine): Promise<Outcome | null>;
  /** Asks all engines now. */
  probeAll(): Promise<readonly EngineHealth[]>;
  /** Begins to ask on schedule; once per process. */
  start(): void;
  /** Something went wrong or well just now: ask this engine before its turn. */
  askSoon(engine: string): void;
  /** Called after every probe; answers the function that ends it. */
  onHealth(listener: (health: EngineHealth) => void): () => void;
  /** Throws naming each server that answered and is older than the console needs. */
  assertVersions(): Promise<void>;
  close(): Promise<void>;
};

type Sources = Record<Engine, (() => Probe) | string>;

/** A source is a probe, or the sentence that says why there is none. */
export function createMonitor(
  sources: Sources,
  { comingUpMs = {} }: { comingUpMs?: Partial<Record<Engine, number>> } = {},
): Monitor {
  const began = new Date();
  const listeners = new Set<(health: EngineHealth) => void>();
  const timers = new Map<Engine, NodeJS.Timeout>();
  const probes = new Map<Engine, Probe>();
  const underWay = new Map<Engine, Promise<void>>();
  const states = new Map<Engine, State>();
  const outcomes = new Map<Engine, Outcome>();
  let isScheduled = false;
  for (const engine of ENGINES) {
    const source = sources[engine];
    states.set(engine, typeof source === "string" ? absentState(engine, source, began) : initialState(engine, began));
  }

  async function ask(engine: Engine): Promise<void> {
    const source = sources[engine];
    if (typeof source === "string") return;
    const probe = probes.get(engine) ?? source();
    probes.set(engine, probe);
    const outcome = judged(engine, await askOnce(probe));
    outcomes.set(engine, outcome);
    const at = new Date();
    const isComingUp = at.getTime() - began.getTime() < (comingUpMs[engine] ?? 0);
    const state = nextState(states.get(engine) ?? initialState(engine, began), outcome, at, isComingUp);
    states.set(engine, state);
    for (const listener of listeners) listener(state.health);
    if (isScheduled) plan(engine, isSettled(state) ? EVERY_MS : UNSETTLED_MS);
  }

  /** One question at a time per engine; whoever comes meanwhile shares its answer. */
  function askShared(engine: Engine): Promise<void> {
    const running = underWay.get(engine) ?? ask(engine).finally(() => underWay.delete(engine));
    underWay.set(engine, running);
    return running;
  }

  function plan(engine: Engine, inMs: number): void {
    clearTimeout(timers.get(engine));
    timers.set(engine, setTimeout(() => void askShared(engine), inMs).unref());
  }

  const health = () => ENGINES.flatMap((engine) => states.get(engine)?.health ?? []);

  async function probeAll() {
    await Promise.all(ENGINES.map(askShared));
    return health();
  }

  return {
    health,
    probeAll,
    async probe(engine) {
      await askShared(engine);
      return outcomes.get(engine) ?? null;
    },
    start() {
      if (isScheduled) return;
      isScheduled = true;
      void probeAll();
    },
    askSoon(engine) {
      const known = ENGINES.find((each) => each === engine);
      if (isScheduled && known) plan(known, 0);
    },
    onHealth(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async assertVersions() {
      const old = (await probeAll()).filter(({ reason }) => reason?.includes(" is too old: "));
      if (old.length > 0) throw new Error(`Quadrant cannot start: ${old.map(({ reason }) => reason).join("; ")}.`);
    },
    async close() {
      isScheduled = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(underWay.values());
      await Promise.allSettled([...probes.values()].map((probe) => probe.close()));
    },
  };
}

function isSettled({ health, against }: State): boolean {
  return against === 0 && health.status !== "starting";
}

/** A server the console was never proven on counts as one that cannot serve. */
function judged(engine: Engine, outcome: Outcome): Outcome {
  const refusal = outcome.ok ? tooOld(engine, ENGINE_LABELS[engine], outcome.answer.version) : null;
  return refusal === null ? outcome : { ok: false, reason: refusal, kind: "away" };
}
