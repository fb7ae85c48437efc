import { expect, it } from "vitest";
import { ownPath } from "./own-path";

it.each([
  ["/users", "/users"],
  ["/users?q=ana&status=active", "/users?q=ana&status=active"],
  ["/users/../audit", "/audit"],
  ["/", "/"],
  ["https://evil.example/users", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/.//evil.example", "/"],
  ["https:evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/sign-in", "/"],
  ["/api/v1/users", "/"],
  ["users", "/"],
  [`/${"a".repeat(2001)}`, "/"],
  [["/users"], "/"],
  [undefined, "/"],
])("%j opens %s", (wanted, path) => {
  expect(ownPath(wanted)).toBe(path);
});
