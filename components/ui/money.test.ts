import { expect, test } from "vitest";
import { formatMoney } from "./money";

test.each([
  [184_000, "USD", "$1,840.00"],
  [-12_000, "USD", "−$120.00"],
  [5, "EUR", "€0.05"],
  [4_200, "JPY", "¥4,200"],
  [0, "USD", "$0.00"],
  [12_345, "KWD", "KWD\u00a0123.45"],
])("%d of %s is %s", (minor, currency, text) => {
  expect(formatMoney(minor, currency)).toBe(text);
});

test("a difference has its sign, nothing has none", () => {
  const difference = (minor: number) => formatMoney(minor, "USD", "always");
  expect([148_800, -148_800, 0].map(difference)).toEqual(["+$1,488.00", "−$1,488.00", "$0.00"]);
});
