import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialState } from "./health";
import { nextConditions, passedLimits } from "./pressure";
import type { Outcome } from "./probe";
import { ratesOf } from "./rates";
import { CATALOGUE } from "./signals";
import { type Limit, signalsOf } from "./signal";
import { type Observation, type Verdict, firstVerdict, nextVerdict } from "./verdict";
import type { EngineStatus, Values } from "./schema";

const START = Date.parse("2026-01-01T00:00:00Z");
const limit: Limit = { severity: "warn", over: 90, clear: 80, forS: 60, degrades: true, source: "own" };
const worse: Limit = { ...limit, severity: "critical", over: 98 };
const SIGNALS = signalsOf("postgres", [
  { id: "used", label: "Used", unit: "percent", everyS: 10, limits: [limit, worse], says: (shown) => `${shown} used` },
  {
    id: "hits",
    label: "Hits",
    unit: "percent",
    everyS: 10,
    limits: [{ ...limit, over: undefined, under: 50, clear: 60 }],
  },
  { id: "idle", label: "Unused", unit: "count", everyS: 10, limits: [{ ...limit, degrades: false, forS: 0 }] },
]);
const HELD = { since: new Date(START).toISOString(), holds: true };
const good: Outcome = { ok: true, answer: { version: "18.4", degraded: null }, latencyMs: 1 };
const away: Outcome = { ok: false, reason: "refused the connection", kind: "away" };

type Step = Partial<Omit<Observation, "at">>;

/** Verdicts after each step, ten seconds apart. */
function run(steps: readonly Step[], secondsApart = 10): Verdict[] {
  let verdict = firstVerdict(initialState("postgres", new Date(START)));
  return steps.map((step, index) => {
    const at = new Date(START + (index + 1) * secondsApart * 1000);
    verdict = nextVerdict(verdict, { at, outcome: good, values: {}, maintenance: null, ...step }, SIGNALS);
    return verdict;
  });
}
const statuses = (verdicts: readonly Verdict[]) => verdicts.map(({ health }) => health.status);
const used = (value: number | null): Step => ({ values: { used: value } });

describe("the verdict on an engine", () => {
  it("is degraded only after a limit was passed for its time, and until the value is back beyond its clear mark", () => {
    const verdicts = run([...Array<Step>(7).fill(used(95)), used(85), used(79)]);
    expect(statuses(verdicts)).toEqual([...Array<string>(6).fill("healthy"), "degraded", "degraded", "healthy"]);
    expect(verdicts[6]?.health).toMatchObject({
      reason: "95 % used",
      since: "2026-01-01T00:01:10.000Z",
      reasons: [{ signal: "used", value: 95, limit: 90, since: "2026-01-01T00:00:10.000Z" }],
    });
  });

  it("is not degraded by a value that dips in between, nor by one that is only worth an alert", () => {
    expect(new Set(statuses(run([used(95), used(95), used(89), ...Array<Step>(6).fill(used(95))])))).toEqual(
      new Set(["healthy"]),
    );
    const [only] = run([{ values: { idle: 95 } }]);
    expect(only?.health).toMatchObject({ status: "healthy", reasons: [] });
    expect(passedLimits(only?.conditions ?? {}, { idle: 95 }, SIGNALS)).toMatchObject([
      { signal: "idle", holds: true },
    ]);
  });

  it("keeps what it knew while a check is blind", () => {
    const verdicts = run([...Array<Step>(7).fill(used(95)), used(null), {}, used(95)]);
    expect(statuses(verdicts).slice(6)).toEqual(Array<string>(4).fill("degraded"));
  });

  it("names the worse of two limits of one signal, and shows a passed limit before it counts", () => {
    const [first] = run([used(99)]);
    const passed = passedLimits(first?.conditions ?? {}, { used: 99 }, SIGNALS);
    expect(passed).toMatchObject([{ severity: "critical", holds: false, for_s: 60, limit: 98 }]);
    expect(first?.health.status).toBe("healthy");
  });

  it("judges values that are too low, too", () => {
    const verdicts = run(Array<Step>(7).fill({ values: { hits: 40 } }));
    expect(verdicts[6]?.health.reasons).toMatchObject([{ signal: "hits", value: 40, limit: 50 }]);
  });

  it("forgets pressure with an outage and begins anew after it", () => {
    const steps = [...Array<Step>(7).fill(used(95)), ...Array<Step>(3).fill({ outcome: away }), used(95), used(95)];
    expect(statuses(run(steps)).slice(6)).toEqual(["degraded", "degraded", "degraded", "down", "down", "healthy"]);
  });

  it.each([
    ["full", "degraded"],
    ["busy", "degraded"],
    ["refused", "unknown"],
    ["starting", "starting"],
  ] as const)("does not take a server that says %s for one that is down, but calls it %s at once", (kind, status) => {
    const verdicts = run([{}, { outcome: { ok: false, reason: "says so", kind } }]);
    expect(verdicts[1]?.health).toMatchObject({ status, reason: "says so", reasons: [{ signal: "reach" }] });
  });

  it("calls a server that starts for more than five minutes down", () => {
    const starting: Step = { outcome: { ok: false, reason: "is starting", kind: "starting" } };
    expect(statuses(run(Array<Step>(33).fill(starting))).at(-1)).toBe("down");
  });

  it("holds the worst while the status flaps, and lets go half an hour later", () => {
    const outage = [...Array<Step>(3).fill({ outcome: away }), {}, {}];
    const verdicts = run([{}, ...outage, ...outage, {}, ...Array<Step>(181).fill({})]);
    expect(verdicts[11]).toMatchObject({ isFlapping: true, health: { status: "down" } });
    expect(verdicts[11]?.health.reason).toMatch(/changed its status 4 times in 30 min/);
    expect(verdicts.at(-1)).toMatchObject({ isFlapping: false, health: { status: "healthy" } });
  });

  it("does not hold against an engine what happened during maintenance", () => {
    const outage = [...Array<Step>(3).fill({ outcome: away }), {}, {}];
    const planned = [...outage, ...outage].map((step) => ({ ...step, maintenance: "new disk" }));
    expect(run([{}, ...outage, ...planned, {}]).at(-1)).toMatchObject({
      isFlapping: false,
      health: { status: "healthy" },
    });
  });

  it("is maintenance while that lasts, with the reasons still known", () => {
    const verdicts = run([...Array<Step>(7).fill(used(95)), { ...used(95), maintenance: "new disk" }, used(95)]);
    expect(verdicts[7]?.health).toMatchObject({ status: "maintenance", reason: "In maintenance: new disk" });
    expect(verdicts[7]?.health.reasons).toHaveLength(1);
    expect(verdicts[8]?.health.status).toBe("degraded");
  });

  it("is a pure function: any sequence gives the same again, `since` never moves without a change of status", () => {
    const outcome = fc.constantFrom<Outcome>(good, away, { ok: false, reason: "full", kind: "full" });
    const step = fc.record({
      outcome,
      values: fc.record({ used: fc.option(fc.double({ min: 0, max: 100, noNaN: true })) }),
      maintenance: fc.constantFrom(null, null, null, "work"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const [once, again] = [run(steps), run(steps)];
        expect(once).toEqual(again);
        once.forEach(({ health }, index) => {
          const before = once[index - 1]?.health;
          if (before?.status === health.status) expect(health.since).toBe(before.since);
          const needsReason: readonly EngineStatus[] = ["degraded", "down", "unknown"];
          if (needsReason.includes(health.status)) expect(health.reasons.length).toBeGreaterThan(0);
        });
      }),
    );
  });

  it("goes on from what another worker remembered, written down as JSON", () => {
    const steps = [...Array<Step>(4).fill(used(95))];
    const memory: Verdict = JSON.parse(JSON.stringify(run(steps).at(-1)));
    const at = new Date(START + 70_000);
    const next = nextVerdict(memory, { at, outcome: good, values: { used: 95 }, maintenance: null }, SIGNALS);
    expect(next.health.status).toBe("degraded");
  });
});

describe("limits", () => {
  it("of the catalogue clear on the good side of where they are raised, and never at once on both sides", () => {
    const signals = Object.values(CATALOGUE).flat();
    expect(signals.length).toBeGreaterThan(20);
    for (const { id, limits } of signals) {
      for (const { over, under, clear, forS } of limits) {
        if (over !== undefined) expect(clear, id).toBeLessThanOrEqual(over);
        if (under !== undefined) expect(clear, id).toBeGreaterThanOrEqual(under);
        expect(forS, id).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("end where there is nothing to measure, and stay where nobody may measure", () => {
    const after = (values: Values) => {
      const signals = Object.values(CATALOGUE).flat();
      const before = Object.fromEntries(signals.flatMap(({ id, limits }) => limits.map(() => [`${id}:warn`, HELD])));
      return nextConditions(before, values, signals, new Date(START));
    };
    const quiet: [string, Values][] = [
      ["cache_hit", { blocks_hit: 1, blocks_read: 0 }],
      ["rollback_share", { commits: 0, rollbacks: 0 }],
      ["hit_ratio", { hits: 0, misses: 0.01 }],
      ["search_ms", { search_rate: 0 }],
    ];
    for (const [id, rest] of quiet) {
      const key = `${id}:warn`;
      expect(after({ ...rest, [id]: null })[key], id).toBeUndefined();
      expect(after({ [id]: null })[key], id).toEqual(HELD);
      expect(after(rest)[key], id).toEqual(HELD);
    }
  });

  it("that are passed by a value are cleared by a better one only, whatever the order of values", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 60 }), (values) => {
        let conditions = {};
        values.forEach((value, index) => {
          const before: Record<string, { holds: boolean }> = conditions;
          conditions = nextConditions(conditions, { used: value }, SIGNALS, new Date(START + index * 10_000));
          if (before["used:warn"]?.holds) expect("used:warn" in conditions).toBe(value >= 80);
        });
      }),
    );
  });
});

describe("rates", () => {
  const at = (seconds: number, n: number | null, generation = "a") => ({
    at: START + seconds * 1000,
    generation,
    counters: { n },
  });

  it("are per second, and unknown without a comparable reading before", () => {
    expect(ratesOf(at(0, 100), at(10, 150), 30_000)).toEqual({ n: 5 });
    expect(ratesOf(null, at(10, 150), 30_000)).toEqual({ n: null });
    expect(ratesOf(at(0, null), at(10, 150), 30_000)).toEqual({ n: null });
    expect(ratesOf(at(0, 100), at(60, 150), 30_000)).toEqual({ n: null });
  });

  it("are unknown after a restart or a reset, also one that only shows by a smaller value", () => {
    expect(ratesOf(at(0, 100), at(10, 150, "b"), 30_000)).toEqual({ n: null });
    expect(ratesOf(at(0, 100_000), at(10, 20), 30_000)).toEqual({ n: null });
  });

  it("go over the end of a counter that wraps", () => {
    expect(ratesOf(at(0, 2 ** 32 - 50), at(10, 50), 30_000)).toEqual({ n: 10 });
    expect(ratesOf(at(0, 2 ** 30 - 10), at(10, 0), 30_000)).toEqual({ n: 1 });
  });

  it("are never negative", () => {
    const counter = fc.integer({ min: 0, max: 2 ** 34 });
    fc.assert(
      fc.property(counter, counter, (before, after) => {
        const { n } = ratesOf(at(0, before), at(10, after), 30_000);
        expect(n === null || (n ?? -1) >= 0).toBe(true);
      }),
    );
  });
});
