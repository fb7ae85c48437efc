// The demo platform: the same from the same seed, and believable.
import { describe, expect, it } from "vitest";
import { addressPart, CULTURES } from "./cultures";
import { makePlatform } from "./people";

const TODAY = new Date("2026-11-21T00:00:00Z");
const NEVER = new Date(0).toISOString();
const rows = (seed: number, count: number) => {
  const { staff, people } = makePlatform(seed, count, TODAY);
  return [...staff, ...people].map(({ row }) => row);
};

describe("the demo platform", () => {
  const platform = rows(42, 2_000);

  it("is the same for the same seed, whatever its size", () => {
    expect(rows(42, 300)).toEqual(platform.slice(0, 300));
    expect(rows(43, 300)).not.toEqual(platform.slice(0, 300));
  });

  it("gives everybody an id and an address of their own, on reserved domains", () => {
    expect(new Set(platform.map(({ id }) => id)).size).toBe(2_000);
    expect(new Set(platform.map(({ email }) => email)).size).toBe(2_000);
    for (const { email } of platform)
      expect(email).toMatch(/^[a-z]+(\.[a-z]+)?\d*@(example\.(com|org|net)|\w+\.example)$/);
  });

  it("tells a consistent story of each", () => {
    for (const row of platform) {
      const isNew = row.status === "invited" || row.status === "unverified";
      expect(row.email_verified_at === null, row.email).toBe(isNew);
      expect(row.suspended_reason === null, row.email).toBe(row.status !== "suspended");
      if (row.status === "invited") expect(row.last_seen_at).toBe(NEVER);
      if (row.last_seen_at !== NEVER) expect(row.last_seen_at >= row.created_at, row.email).toBe(true);
      expect(row.last_seen_at <= TODAY.toISOString() && row.created_at <= TODAY.toISOString(), row.email).toBe(true);
    }
  });

  it("has people of many cultures and every role on its staff", () => {
    expect(CULTURES.length).toBeGreaterThanOrEqual(12);
    expect(new Set(platform.map(({ country }) => country)).size).toBeGreaterThan(30);
    const roles = makePlatform(42, 100, TODAY).staff.map(({ role }) => role);
    expect(new Set(roles)).toEqual(new Set(["superadmin", "admin", "support", "ops", "auditor"]));
  });
});

it.each([
  ["Þórsson", "thorsson"],
  ["O'Neill", "oneill"],
  ["Großmann", "grossmann"],
  ["Nguyễn", "nguyen"],
  ["Łuczak", "luczak"],
  ["Işık", "isik"],
  ["Tẹmítọ́pẹ́", "temitope"],
])("%s becomes %s in an address", (name, part) => {
  expect(addressPart(name)).toBe(part);
});
