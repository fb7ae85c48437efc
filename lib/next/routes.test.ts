import { describe, expect, it } from "vitest";
import { trackedFiles } from "@/lib/testing/source-tree";
import { API } from "./api-table";
import { ROUTES, routeOf } from "./routes";

/** `app/(console)/users/[id]/page.tsx` → `/users/[id]`. */
function addressOf(file: string): string {
  const folders = file.split("/").slice(1, -1);
  return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
}

describe("the pattern of an address", () => {
  it("is known for every page and route of the tree", () => {
    const found = trackedFiles().filter((file) => /^app\/(.*\/)?(page\.tsx|route\.ts)$/.test(file));
    const described = new Set(API.map(({ path }) => path.replaceAll("{", "[").replaceAll("}", "]")));
    const own = found.map(addressOf).filter((address) => !described.has(address as (typeof API)[number]["path"]));
    expect(found.length).toBeGreaterThan(15);
    expect(own.filter((address) => !ROUTES.includes(address))).toEqual([]);
    expect(ROUTES.filter((address) => !own.includes(address))).toEqual([]);
  });

  it.each([
    ["/", "/"],
    ["/?next=/users", "/"],
    ["/users?q=ana", "/users"],
    ["/users/0199c0de-0000-7000-8000-000000000001", "/users/[id]"],
    ["/api/v1/users/0199c0de/suspend?dry_run=true", "/api/v1/users/[id]/suspend"],
    ["/api/v1/users/count", "/api/v1/users/count"],
    ["/api/auth/callback/credentials", "/api/auth/[...nextauth]"],
    ["/_next/static/chunks/main.js", "/_next"],
    ["/users/1/2/3/4", "other"],
    ["/wp-login.php", "other"],
    ["//evil.example/users", "other"],
    ["*", "other"],
  ])("%s → %s", (address, route) => {
    expect(routeOf(address)).toBe(route);
  });

  it("is one of few, whatever is asked", () => {
    const odd = Array.from({ length: 5_000 }, (_, index) => [
      `/${index}`,
      `/users/${index}`,
      `/users/${index}/${index}`,
      `/_next/${index}`,
      `/api/auth/${index}`,
      `/%2e%2e/${index}?${index}`,
    ]).flat();
    expect(new Set(odd.map(routeOf)).size).toBeLessThanOrEqual(5);
  });
});
