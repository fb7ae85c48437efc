import { describe, expect, it } from "vitest";
import { amountText, parseAmount } from "./client";

describe("amounts as they are typed", () => {
  it.each([
    ["12.50", "USD", 1250],
    [" 12,5 ", "EUR", 1250],
    ["0.01", "USD", 1],
    ["1500", "JPY", 1500],
    ["99999999.99", "USD", 9_999_999_999],
  ] as const)("%s %s", (typed, currency, minor) => {
    expect(parseAmount(typed, currency)).toBe(minor);
    expect(parseAmount(amountText(minor, currency), currency)).toBe(minor);
  });

  it.each(["", "0", "-1", "1.234", "1e3", "12.50 USD", "1 000", "99999999999"])("refuses %s", (typed) => {
    expect(parseAmount(typed, "USD")).toBeNull();
  });

  it("knows no part of a yen", () => {
    expect(parseAmount("1.5", "JPY")).toBeNull();
  });
});
