import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, difference } from "./canonical";
import { deriveKeys } from "./keys";
import { readCursor, toPage, writeCursor } from "./paging";
import { newSubjectKey, seal, unseal, unwrapSubjectKey } from "./seal";

const text = fc.string({ unit: "grapheme" }).filter((value) => value.isWellFormed() && !value.includes("\0"));

const { tree: json } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie("tree"), { maxLength: 5 }),
    fc.dictionary(text, tie("tree"), { maxKeys: 5 }),
  ),
}));

const keys = deriveKeys("a secret of more than thirty-two characters");

/** Checks many values; a failure prints the seed and the smallest value it fails for. */
function always<T>(values: fc.Arbitrary<T>, check: (value: T) => void): void {
  fc.assert(
    fc.property(values, (value) => {
      check(value);
    }),
  );
}

/** The same value with the members of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe("canonical text", () => {
  test("says the same as the value, and reads back as it", () => {
    always(json, (value) => expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value))));
  });

  test("does not depend on the order of members", () => {
    always(json, (value) => expect(canonical(shuffled(value))).toBe(canonical(value)));
  });

  test("has the order and numbers of RFC 8785", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.values(JSON.parse(canonical(value)))).toHaveLength(7);
    expect([...canonical(value).matchAll(/:(\d)/g)].map(([, digit]) => digit).join("")).toBe("2467153");
    expect(canonical([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
  });

  test("writes what JSON has no word for", () => {
    const at = new Date("2026-11-21T08:00:00Z");
    expect(canonical({ at, big: 12n, bytes: Buffer.from("hi"), gone: undefined, list: [undefined] })).toBe(
      '{"at":"2026-11-21T08:00:00.000Z","big":"12","bytes":"aGk","list":[null]}',
    );
  });

  test.each([
    ["NUL", "a\0b"],
    ["half a pair", "a\ud800"],
  ])("refuses a text with %s", (_name, value) => {
    expect(() => canonical({ value })).toThrow("characters that cannot be stored");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol("x")])("refuses %s", (value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });
});

describe("a difference", () => {
  test("holds only what changed, without counters", () => {
    const before = { name: "Ana", status: "active", version: 1 };
    expect(difference(before, { name: "Ana", status: "suspended", version: 2 })).toEqual({
      before: { status: "active" },
      after: { status: "suspended" },
    });
  });

  test("of a value with itself is empty", () => {
    const record = fc.dictionary(text, json, { maxKeys: 5 });
    always(record, (value) => expect(difference(value, value)).toEqual({ before: {}, after: {} }));
  });

  test("keeps the length and digest of a large value", () => {
    const { after } = difference(null, { note: "x".repeat(3000) });
    expect(after.note).toEqual({ bytes: 3002, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe("a sealed box", () => {
  const { key, wrapped } = newSubjectKey(keys, "ana");

  test("opens with the key of the person, for the event it was made for", () => {
    always(fc.tuple(json, text), ([value, about]) => {
      expect(canonical(unseal(key, seal(key, value, about), about))).toBe(canonical(value));
    });
  });

  test("opens for nobody and nothing else", () => {
    const box = seal(key, { email: "ana@example.com" }, "user.edit:1");
    expect(() => unseal(key, box, "user.edit:2")).toThrow();
    expect(() => unseal(newSubjectKey(keys, "bo").key, box, "user.edit:1")).toThrow();
    box[box.length - 1] = (box.at(-1) ?? 0) ^ 1;
    expect(() => unseal(key, box, "user.edit:1")).toThrow();
  });

  test("comes with a key that only this installation unwraps, for this person", () => {
    expect(unwrapSubjectKey(keys, wrapped, "ana")).toEqual(key);
    expect(() => unwrapSubjectKey(keys, wrapped, "bo")).toThrow();
    expect(() => unwrapSubjectKey(deriveKeys("another secret of thirty-two characters"), wrapped, "ana")).toThrow();
  });
});

describe("a cursor", () => {
  const position = fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 3 });

  test("reads back for the list and sort that made it", () => {
    always(position, (value) => {
      expect(readCursor(keys, "user.list:name", writeCursor(keys, "user.list:name", value), "after")).toEqual(value);
    });
  });

  test("of another sort, another list or altered names its field", () => {
    const cursor = writeCursor(keys, "user.list:name", ["ana", "1"]);
    const refused = { code: "invalid", details: { fields: { before: expect.any(Array) } } };
    for (const [order, given] of [
      ["user.list:-name", cursor],
      ["audit.list:name", cursor],
      ["user.list:name", `${cursor.slice(0, -1)}${cursor.endsWith("A") ? "B" : "A"}`],
      ["user.list:name", `x${cursor}`],
      ["user.list:name", "%%%"],
    ] as const) {
      expect(() => readCursor(keys, order, given, "before")).toThrow(expect.objectContaining(refused));
    }
  });
});

test("a page knows whether there is more on either side", () => {
  const page = (rows: number[], given: { after?: string; before?: string }) =>
    toPage(rows, 2, given, String, (row) => row);
  expect(page([1, 2, 3], {})).toEqual({ data: [1, 2], next: "2", previous: null });
  expect(page([3, 4], { after: "2" })).toEqual({ data: [3, 4], next: null, previous: "3" });
  expect(page([4, 3, 2], { before: "5" })).toEqual({ data: [3, 4], next: "4", previous: "3" });
  expect(page([2, 1], { before: "3" })).toEqual({ data: [1, 2], next: "2", previous: null });
  expect(page([], { after: "9" })).toEqual({ data: [], next: null, previous: null });
});
