// One engine in the memory of the sampler: when each tier is due, what was last counted, what is still valid.
import "server-only";
import type { Collector, Reading } from "@/lib/databases/collector";
import { failureOf } from "@/lib/databases/probe";
import { type Counted, ratesOf } from "@/lib/databases/rates";
import type { Blind, Cost, Values } from "@/lib/databases/schema";
import { EVERY_S, type EveryS, type Signal } from "@/lib/databases/signal";

/** All that is due may take so long together; what is not read by then is read later. */
const PASS_MS = 8_000;
/** A pass that takes more than this part of its interval is made half as often. */
const DEAR_SHARE = 0.2;
/** A value is forgotten after so many of its intervals without a new one. */
const INTERVALS_VALID = 3;

type Tier = { dueAt: number; counted: Counted | null; blind: readonly Blind[]; cost: Cost | null };

export class Measure {
  readonly #collector: Collector;
  readonly #everyS: ReadonlyMap<string, EveryS>;
  readonly #tiers = new Map<EveryS, Tier>();
  readonly #seenAt = new Map<string, number>();
  /** A reading that took too long and has not ended: none begins beside it. */
  #isReading = false;
  #values: Values = {};
  #facts: Record<string, string> = {};

  constructor(collector: Collector, signals: readonly Signal[]) {
    this.#collector = collector;
    this.#everyS = new Map(signals.map(({ id, everyS }) => [id, everyS]));
    for (const everyS of EVERY_S) this.#tiers.set(everyS, { dueAt: 0, counted: null, blind: [], cost: null });
  }

  get facts(): Record<string, string> {
    return this.#facts;
  }

  get blind(): readonly Blind[] {
    return [...this.#tiers.values()].flatMap((tier) => tier.blind);
  }

  get costs(): readonly Cost[] {
    return [...this.#tiers.values()].flatMap(({ cost }) => cost ?? []);
  }

  /** Reads the tiers that are due, one after the other. Answers what is new. */
  async take(now: Date): Promise<Values> {
    const fresh: Values = {};
    const until = performance.now() + PASS_MS;
    for (const [everyS, tier] of this.#tiers) {
      const leftMs = until - performance.now();
      if (this.#isReading || leftMs <= 0) break;
      if (tier.dueAt <= now.getTime()) Object.assign(fresh, await this.#pass(everyS, tier, now, leftMs));
    }
    this.note(fresh, now);
    return fresh;
  }

  /** Takes values from elsewhere (the probe's own time). */
  note(fresh: Values, now: Date): void {
    for (const [id, value] of Object.entries(fresh)) {
      this.#values[id] = value;
      this.#seenAt.set(id, now.getTime());
    }
  }

  /** The newest value of every signal that is not too old to say anything. */
  valid(now: Date): Values {
    const isValid = (id: string) => {
      const everyS = this.#everyS.get(id) ?? 10;
      return now.getTime() - (this.#seenAt.get(id) ?? 0) <= everyS * 1000 * INTERVALS_VALID;
    };
    return Object.fromEntries(Object.entries(this.#values).filter(([id]) => isValid(id)));
  }

  async #read(everyS: EveryS): Promise<Reading> {
    this.#isReading = true;
    try {
      return await this.#collector.collect(everyS);
    } finally {
      this.#isReading = false;
    }
  }

  async #pass(everyS: EveryS, tier: Tier, now: Date, limitMs: number): Promise<Values> {
    const began = performance.now();
    const reading = await bounded(this.#read(everyS), limitMs);
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const isDear = ms > everyS * 1000 * DEAR_SHARE;
    // A little early, so that a tick that comes a moment sooner than the last is not missed.
    tier.dueAt = now.getTime() + everyS * 1000 * (isDear ? 2 : 1) - 1_000;
    tier.cost = { every_s: everyS, ms, rows: "rows" in reading ? reading.rows : 0, at: now.toISOString() };
    if (!("gauges" in reading)) {
      tier.blind = [{ check: `every ${everyS} s`, kind: "slow", why: reading.reason, grant: null }];
      return {};
    }
    tier.blind = reading.blind;
    this.#facts = { ...this.#facts, ...reading.facts };
    const counted = { at: now.getTime(), generation: reading.generation, counters: reading.counters };
    const rates = ratesOf(tier.counted, counted, everyS * 1000 * INTERVALS_VALID);
    tier.counted = counted;
    return { ...reading.gauges, ...rates };
  }
}

/** A reading, or why there is none. */
async function bounded(reading: Promise<Reading>, limitMs: number): Promise<Reading | { reason: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("did not answer in time: timeout")), limitMs);
  });
  try {
    return await Promise.race([reading, late]);
  } catch (error) {
    return { reason: failureOf(error).reason };
  } finally {
    clearTimeout(timer);
  }
}
