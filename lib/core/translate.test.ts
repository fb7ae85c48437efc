import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PoolBusyError } from "@/lib/databases/postgres/pool";
import { StoreFailure } from "@/lib/databases/resilience";
import { AppError, CODES } from "./errors";
import { constraint, loggable, toAppError } from "./translate";

const coded = (code: string, more: object = {}) => Object.assign(new Error("from the driver"), { code, ...more });
const named = (name: string, more: object = {}) => Object.assign(new Error("from the store"), { name, ...more });

describe("a failure", () => {
  test.each([
    ["23502", "invalid"],
    ["22P02", "invalid"],
    ["22001", "invalid"],
    ["22021", "invalid"],
    ["28000", "unauthenticated"],
    ["40001", "busy"],
    ["40P01", "busy"],
    ["55P03", "busy"],
    ["57014", "busy"],
    ["25P04", "busy"],
    ["53300", "unavailable"],
    ["57P01", "unavailable"],
    ["08006", "unavailable"],
    ["CONNECTION_CLOSED", "unavailable"],
    ["ECONNREFUSED", "unavailable"],
    ["42501", "internal"],
    ["25006", "internal"],
  ] as const)("%s of PostgreSQL is %s", (code, expected) => {
    expect(toAppError(coded(code)).code).toBe(expected);
    expect(toAppError(new DrizzleQueryError("update x", ["secret"], coded(code))).code).toBe(expected);
  });

  test("of a rule is what the noun says about its constraint", () => {
    constraint("things_name_free", "name", "conflict", "Another thing has this name.");
    expect(toAppError(coded("23505", { constraint_name: "things_name_free" }))).toMatchObject({
      code: "conflict",
      message: "Another thing has this name.",
      details: { fields: { name: ["Another thing has this name."] }, constraint: "things_name_free" },
    });
    expect(toAppError(coded("23514", { constraint_name: "nobody_knows" }))).toMatchObject({ code: "conflict" });
  });

  test.each([
    [named("MongoServerSelectionError"), "unavailable", "mongodb"],
    [named("MongoServerError", { code: 50 }), "busy", undefined],
    [named("ResponseError", { statusCode: 503 }), "unavailable", "elasticsearch"],
    [named("ResponseError", { statusCode: 404 }), "unavailable", "elasticsearch"],
    [named("ResponseError", { statusCode: 400 }), "conflict", undefined],
    [named("ResponseError", { statusCode: 403 }), "internal", undefined],
    [named("ConnectionError"), "unavailable", "elasticsearch"],
    [named("BrokenCircuitError"), "unavailable", undefined],
    [new StoreFailure("redis", true, "not asked"), "unavailable", "redis"],
    [new PoolBusyError("full"), "busy", "postgres"],
  ] as const)("%s of a store", (error, code, store) => {
    const failure = toAppError(error);
    expect([failure.code, failure.details.store]).toEqual([code, store]);
  });

  test("of a schema names the fields", () => {
    const { error } = z.strictObject({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: "x" }, c: 1 });
    expect(Object.keys(toAppError(error).details.fields ?? {}).sort()).toEqual(["_", "a.b"]);
  });

  test("nobody foresaw says nothing of itself, also when it is no error", () => {
    for (const thrown of [new Error("secret"), "secret", null, undefined, { code: {} }]) {
      const failure = toAppError(thrown);
      expect([failure.code, JSON.stringify(failure)]).toEqual(["internal", expect.not.stringContaining("secret")]);
    }
  });

  test("of ours passes unchanged", () => {
    const failure = new AppError("stale", "Look again.");
    expect(toAppError(failure)).toBe(failure);
    expect([failure.status, failure.retryable]).toEqual(CODES.stale);
  });
});

test("the log holds the driver's words, never statements or parameters", () => {
  const wrapped = toAppError(new DrizzleQueryError("select secret_column", ["secret value"], coded("XX000")));
  expect(loggable(wrapped)).toMatchObject({ code: "XX000", message: "from the driver" });
  expect(JSON.stringify(loggable(wrapped))).not.toContain("secret");
});
