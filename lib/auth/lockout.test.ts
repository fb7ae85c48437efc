import { describe, expect, it } from "vitest";
import { type Account, HARD_STOP, judge } from "./lockout";

const START = new Date("2026-11-21T08:00:00Z");
const fresh: Account = { status: "active", staff: true, failed_count: 0, locked_until: null };
const minutesAfter = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000);

/** Fails until the account is locked; answers the account and the length of the lock. */
function failUntilLocked(account: Account, now: Date): { account: Account; minutes: number } {
  let next = account;
  do {
    next = { ...next, ...judge(next, false, now) };
  } while (next.locked_until === null && next.failed_count < HARD_STOP);
  return { account: next, minutes: ((next.locked_until?.getTime() ?? 0) - now.getTime()) / 60_000 };
}

describe("failures in a row", () => {
  it("lock at the fifth, for 15 minutes", () => {
    let account = fresh;
    for (let failure = 1; failure <= 4; failure++) {
      account = { ...account, ...judge(account, false, START) };
      expect(account).toMatchObject({ failed_count: failure, locked_until: null });
    }
    expect(judge(account, false, START)).toEqual({
      outcome: "wrong-password",
      failed_count: 5,
      locked_until: minutesAfter(START, 15),
    });
  });

  it("lock twice as long each time, up to a day, and stop for good at 100", () => {
    let account = fresh;
    let now = START;
    const locks: number[] = [];
    while (account.failed_count < HARD_STOP) {
      const step = failUntilLocked(account, now);
      locks.push(step.minutes);
      account = step.account;
      now = minutesAfter(now, step.minutes);
    }
    expect(locks.slice(0, 9)).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    expect(locks).toHaveLength(20);
    const yearsLater = minutesAfter(now, 5 * 365 * 24 * 60);
    expect(judge(account, true, yearsLater).outcome).toBe("stopped");
    expect(judge(account, false, yearsLater).failed_count).toBe(HARD_STOP);
  });
});

describe("a locked account", () => {
  const { account } = failUntilLocked(fresh, START);

  it("refuses the right password until the lock ends, and is not prolonged by tries", () => {
    for (const matches of [true, false]) {
      expect(judge(account, matches, minutesAfter(START, 14.99))).toEqual({
        outcome: "locked",
        failed_count: 5,
        locked_until: minutesAfter(START, 15),
      });
    }
  });

  it("opens with the right password afterwards and starts counting anew", () => {
    expect(judge(account, true, minutesAfter(START, 15))).toEqual({
      outcome: "signed-in",
      failed_count: 0,
      locked_until: null,
    });
  });
});

describe("the right password", () => {
  it.each([
    [{ status: "suspended" }, "not-active"],
    [{ status: "archived" }, "not-active"],
    [{ status: "invited" }, "not-active"],
    [{ staff: false }, "not-staff"],
  ])("of %j is refused and counts neither way", (part, outcome) => {
    const account = { ...fresh, failed_count: 3, ...part };
    expect(judge(account, true, START)).toEqual({ outcome, failed_count: 3, locked_until: null });
  });

  it("clears earlier failures", () => {
    expect(judge({ ...fresh, failed_count: 4 }, true, START)).toMatchObject({ outcome: "signed-in", failed_count: 0 });
  });
});
