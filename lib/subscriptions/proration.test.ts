// Properties of the arithmetic of periods and money, on generated cases; the seed is printed and may be given.
import { describe, expect, it } from "vitest";
import { CURRENCIES, EXPONENTS } from "@/lib/plans/schema";
import { share, toDecimal, toMinor } from "@/lib/core/amount";
import { addMonths, monthsOf, periodEnd } from "./period";
import { periodAmountMinor, unusedMinor } from "./proration";

const seed = Number(process.env["PROPERTY_SEED"] ?? Date.now() % 1_000_000);
const CASES = 4_000;

/** mulberry32, so that a seed repeats a run. */
function random(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(seed);
const below = (bound: number) => Math.floor(next() * bound);
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const anyTime = () => new Date(Date.UTC(2019 + below(12), below(12), 1 + below(31), below(24), below(60), below(60)));

console.info(`proration properties: PROPERTY_SEED=${seed}`);

describe("periods", () => {
  it("keep the day of the month, or take the last one", () => {
    const ends = [1, 2, 3, 4].map((months) => addMonths(day("2027-01-31"), months).toISOString().slice(0, 10));
    expect(ends).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
    expect(addMonths(day("2028-01-31"), 1)).toEqual(day("2028-02-29"));
    expect(addMonths(day("2028-02-29"), 12)).toEqual(day("2029-02-28"));
    expect(addMonths(day("2028-02-29"), 48)).toEqual(day("2032-02-29"));
  });

  it("follow each other without gap or overlap, also past 29 February and the ends of months", () => {
    for (let count = 0; count < 300; count += 1) {
      const anchor = anyTime();
      const cycle = { period: next() < 0.7 ? "month" : "year", period_count: 1 + below(6) } as const;
      let start = anchor;
      for (let index = 1; index <= 30; index += 1) {
        const end = periodEnd(anchor, start, cycle);
        expect(end).toEqual(addMonths(anchor, index * monthsOf(cycle)));
        expect(end.getTime()).toBeGreaterThan(start.getTime());
        start = end;
      }
    }
  });

  it("do not hear of clock changes", () => {
    const start = new Date("2027-03-01T12:00:00Z");
    expect(periodEnd(start, start, { period: "month", period_count: 1 })).toEqual(new Date("2027-04-01T12:00:00Z"));
  });
});

describe("proration", () => {
  const stretch = { start: day("2027-03-01"), end: day("2027-04-01") };

  it("is by the second", () => {
    expect(unusedMinor(3100, stretch, day("2027-03-01"))).toBe(3100);
    expect(unusedMinor(3100, stretch, day("2027-03-22"))).toBe(1000);
    expect(unusedMinor(2_678_400, stretch, new Date("2027-03-31T23:59:59Z"))).toBe(1);
    expect(unusedMinor(3100, stretch, day("2027-04-01"))).toBe(0);
    expect(unusedMinor(3100, stretch, day("2027-05-01"))).toBe(0);
  });

  it("never gives more than was paid, and less as time goes on", () => {
    for (let count = 0; count < CASES; count += 1) {
      const minor = below(10_000_000);
      const start = anyTime();
      const end = periodEnd(start, start, { period: "month", period_count: 1 + below(12) });
      const length = end.getTime() - start.getTime();
      const [early, late] = [below(length), below(length)].sort((a, b) => a - b) as [number, number];
      const at = (ms: number) => unusedMinor(minor, { start, end }, new Date(start.getTime() + ms));
      expect(at(early)).toBeLessThanOrEqual(minor);
      expect(at(late)).toBeGreaterThanOrEqual(0);
      expect(at(early)).toBeGreaterThanOrEqual(at(late));
    }
  });

  it("conserves the total to the smallest unit: what was used and what was not make up what was paid", () => {
    for (let count = 0; count < CASES; count += 1) {
      const minor = below(10_000_000);
      const all = 1 + below(40_000_000);
      const left = below(all + 1);
      const unused = share(minor, left, all);
      const used = minor - unused;
      expect(used + unused).toBe(minor);
      expect(Math.abs(unused - (minor * left) / all)).toBeLessThanOrEqual(0.5 + 1e-6);
    }
  });

  it("rounds half away from zero, exactly also where floats could not", () => {
    expect([share(5, 1, 2), share(-5, 1, 2), share(1, 1, 3), share(2, 1, 3)]).toEqual([3, -3, 0, 1]);
    expect(share(9_999_999_999, 86_399, 86_400)).toBe(9_999_884_258);
    expect(periodAmountMinor(4999, 3, "33.33")).toBe(9998);
    expect(periodAmountMinor(4999, 3, "100.00")).toBe(0);
  });
});

describe("amounts", () => {
  it("come back from the store as they went in, in every currency", () => {
    for (let count = 0; count < CASES; count += 1) {
      const currency = CURRENCIES[below(CURRENCIES.length)] ?? "USD";
      const minor = (next() < 0.5 ? -1 : 1) * (1 + below(999_999_999));
      const stored = Number(toDecimal(minor, currency)).toFixed(2);
      expect(toMinor(stored, currency)).toBe(minor);
    }
  });

  it("of a currency without decimals are whole", () => {
    expect(EXPONENTS.JPY).toBe(0);
    expect(toDecimal(1500, "JPY")).toBe("1500");
    expect(toMinor("1500.00", "JPY")).toBe(1500);
    expect(() => toMinor("1500.50", "JPY")).toThrow(TypeError);
    expect(() => toDecimal(0.5, "USD")).toThrow(TypeError);
  });
});
