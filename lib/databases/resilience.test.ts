import { describe, expect, it, vi } from "vitest";
import { guard, StoreFailure } from "./resilience";

const gone = () => Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
const isOutage = (error: Error) => error.message === "gone";
const failing = () => Promise.reject(gone());

describe("policy of an engine", () => {
  it("opens after five failures in a row and then refuses at once", async () => {
    const policy = guard("mongodb", 1_000, isOutage);
    for (let call = 0; call < 5; call += 1) await expect(policy.run(failing)).rejects.toMatchObject({ refused: false });
    expect(policy.breaker()).toBe("open");
    const call = vi.fn(failing);
    const from = performance.now();
    await expect(policy.run(call)).rejects.toMatchObject({ store: "mongodb", refused: true });
    expect(performance.now() - from).toBeLessThan(50);
    expect(call).not.toHaveBeenCalled();
  });

  it("tries again with one call after two seconds, and closes when that succeeds", async () => {
    vi.useFakeTimers();
    const policy = guard("redis", 1_000, isOutage);
    for (let call = 0; call < 5; call += 1) await policy.run(failing).catch(() => {});
    vi.setSystemTime(Date.now() + 2_001);
    let answer = (_: string) => {};
    const test = policy.run(() => new Promise<string>((resolve) => (answer = resolve)));
    await expect(policy.run(async () => "too early")).rejects.toMatchObject({ refused: true });
    answer("back");
    expect(await test).toBe("back");
    expect(policy.breaker()).toBe("closed");
    vi.useRealTimers();
  });

  it("does not hold a call that was wrong against the engine", async () => {
    const policy = guard("elasticsearch", 1_000, isOutage);
    for (let call = 0; call < 8; call += 1) {
      await expect(policy.run(() => Promise.reject(new Error("bad query")))).rejects.toThrow("bad query");
    }
    expect(policy.breaker()).toBe("closed");
  });

  it("ends a call that takes too long", async () => {
    const policy = guard("mongodb", 50, isOutage);
    const from = performance.now();
    await expect(policy.run(() => new Promise(() => {}))).rejects.toBeInstanceOf(StoreFailure);
    expect(performance.now() - from).toBeLessThan(1_000);
  });

  it("runs as many calls as it may, lets as many wait, and refuses the next at once", async () => {
    const policy = guard("elasticsearch", 1_000, isOutage, 3);
    const ends: (() => void)[] = [];
    const call = () => policy.run(() => new Promise<void>((resolve) => ends.push(resolve)));
    const calls = Array.from({ length: 6 }, call);
    await vi.waitFor(() => expect(ends).toHaveLength(3));
    await expect(call()).rejects.toMatchObject({ refused: true });
    for (let number = 0; number < 6; number += 1) {
      await vi.waitFor(() => expect(ends.length).toBeGreaterThan(number));
      ends[number]?.();
    }
    await Promise.all(calls);
  });

  it("repeats an idempotent read once, and nothing else", async () => {
    const policy = guard("elasticsearch", 1_000, isOutage);
    const call = vi.fn<() => Promise<string>>().mockRejectedValueOnce(gone()).mockResolvedValue("read");
    expect(await policy.run(call, { retry: true })).toBe("read");
    const write = vi.fn(failing);
    await expect(policy.run(write)).rejects.toBeInstanceOf(StoreFailure);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it("does not count a caller who left", async () => {
    const policy = guard("mongodb", 1_000, isOutage);
    const left = AbortSignal.abort(new Error("left"));
    for (let call = 0; call < 6; call += 1) await expect(policy.run(failing, { signal: left })).rejects.toThrow("left");
    expect(policy.breaker()).toBe("closed");
  });
});
