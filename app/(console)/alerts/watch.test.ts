import { expect, it } from "vitest";
import { watchState } from "./watch";

const NOW = Date.parse("2026-11-27T10:00:00Z");
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

it.each([
  [{ rules: 0, checked_at: ago(1) }, "no_rules"],
  [{ rules: 9, checked_at: null }, "never"],
  [{ rules: 9, checked_at: ago(34) }, "watched"],
  [{ rules: 9, checked_at: ago(36) }, "stopped"],
  [{ rules: 9, checked_at: ago(86_400) }, "stopped"],
] as const)("%o is %s", (counts, state) => {
  expect(watchState(counts, NOW)).toBe(state);
});
