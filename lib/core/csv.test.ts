import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("quotes what separates, and doubles quotes", () => {
  expect(csvLine(["a,b", 'say "x"', "two\nlines", "plain"])).toBe('"a,b","say ""x""","two\nlines",plain\r\n');
});

test("leaves numbers, also those that came as text, and nothing for what is missing", () => {
  expect(csvLine([-12.5, "-12.50", "+3", 0, true, null, ""])).toBe("-12.5,-12.50,+3,0,true,,\r\n");
});

test.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("makes %j harmless", (text) => {
  expect(csvLine([text])).toMatch(/^"?'/);
});
