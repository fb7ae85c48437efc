import { describe, expect, it } from "vitest";
import { absentState, initialState, nextState, type State } from "./health";
import { type Outcome, reasonOf, tooOld } from "./probe";

const START = new Date("2026-01-01T00:00:00Z");
const good: Outcome = { ok: true, answer: { version: "18.4", degraded: null }, latencyMs: 1 };
const slow: Outcome = { ok: true, answer: { version: "18.4", degraded: "read only" }, latencyMs: 1 };
const bad: Outcome = { ok: false, reason: "refused the connection", kind: "away" };

/** Statuses after each outcome, one second apart. */
function run(outcomes: readonly Outcome[], isComingUp = false): { statuses: string[]; last: State } {
  let state = initialState("postgres", START);
  const statuses = outcomes.map((outcome, position) => {
    state = nextState(state, outcome, new Date(START.getTime() + (position + 1) * 1000), isComingUp);
    return state.health.status;
  });
  return { statuses, last: state };
}

describe("status of an engine", () => {
  it("is decided by the first probe", () => {
    expect(run([good]).statuses).toEqual(["healthy"]);
    expect(run([bad]).statuses).toEqual(["down"]);
    expect(run([slow]).statuses).toEqual(["degraded"]);
  });

  it("is down only after three failures in a row", () => {
    expect(run([good, bad, bad, good, bad, bad, bad]).statuses).toEqual([
      ...["healthy", "healthy", "healthy", "healthy", "healthy", "healthy"],
      "down",
    ]);
  });

  it("comes with the next step of an outage while it lasts, and with none of its own otherwise", () => {
    expect(run([bad]).last.health.reasons).toMatchObject([{ signal: "reach", next: expect.stringMatching(/log/) }]);
    expect(run([bad, good, good]).last.health.reasons).toEqual([]);
    expect(run([slow]).last.health.reasons).toMatchObject([{ signal: "reach", next: null }]);
  });

  it("is back only after two successes in a row", () => {
    expect(run([bad, good, bad, good, good]).statuses).toEqual(["down", "down", "down", "down", "healthy"]);
  });

  it("keeps the moment at which it began, and the reason of the latest failure", () => {
    const { last } = run([good, bad, bad, bad, bad]);
    expect(last.health).toMatchObject({ status: "down", since: "2026-01-01T00:00:04.000Z", latency_ms: null });
    expect(last.health).toMatchObject({ reason: "refused the connection", checked_at: "2026-01-01T00:00:05.000Z" });
    expect(run([bad, good, good]).last.health.reason).toBeNull();
  });

  it("does not call an engine down that is still coming up", () => {
    expect(run([bad, bad, bad, bad, good], true).statuses).toEqual([...Array<string>(4).fill("starting"), "healthy"]);
  });

  it("moves between healthy and degraded at once", () => {
    expect(run([good, slow, good]).statuses).toEqual(["healthy", "degraded", "healthy"]);
  });

  it("is unknown, with the reason, for an engine nobody configured", () => {
    const { health } = absentState("redis", "not started: none was found", START);
    expect(health).toMatchObject({ status: "unknown", reason: "not started: none was found", checked_at: null });
  });
});

describe("reasons", () => {
  it("are words and never hold what the driver wrote", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 10.1.2.3:5432"), { code: "ECONNREFUSED" });
    expect(reasonOf(new AggregateError([refused], ""))).toBe("refused the connection");
    expect(reasonOf(new Error("outer", { cause: refused }))).toBe("refused the connection");
    expect(reasonOf(Object.assign(new Error("password authentication failed for user x"), { code: "28P01" }))).toBe(
      "refused the credentials",
    );
    expect(reasonOf(new Error("secret of 10.1.2.3"))).toBe("answered with an error");
  });

  it("name a server that is too old", () => {
    expect(tooOld("postgres", "PostgreSQL", "17.6")).toBe("PostgreSQL 17.6 is too old: 18 or newer is needed");
    expect(tooOld("postgres", "PostgreSQL", "18.4 (Debian 18.4-1)")).toBeNull();
    expect(tooOld("elasticsearch", "Elasticsearch", "8.18.9")).toContain("8.19 or newer");
    expect(tooOld("elasticsearch", "Elasticsearch", "9.2.0")).toBeNull();
    expect(tooOld("redis", "Redis", "Valkey 7.2.5")).toBe("Valkey 7.2.5 is too old: 8 or newer is needed");
    expect(tooOld("redis", "Redis", "7.0.15")).toBeNull();
    expect(tooOld("mongodb", "MongoDB", "9.0.0-alpha")).toBeNull();
  });
});
