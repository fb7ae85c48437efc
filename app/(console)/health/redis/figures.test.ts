import { expect, it } from "vitest";
import { chartsFor } from "./figures";

it("memory has its threshold where there is a limit, and none where there is none", () => {
  const [limited] = chartsFor({ memory_limit: 1000 });
  expect(limited?.limits).toEqual([{ value: 900, label: "90 % of the limit", severity: "warn" }]);
  expect(chartsFor({ memory_limit: null })[0]?.limits).toEqual([]);
});
