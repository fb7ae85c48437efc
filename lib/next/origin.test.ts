import { describe, expect, it } from "vitest";
import { isSameOrigin, ownOrigins } from "./origin";

const production = ownOrigins("https://admin.quadrant.example", false);
const local = ownOrigins("http://localhost:3000", true);

describe("origin of a mutation", () => {
  it.each([
    ["own origin, no fetch metadata", { origin: "https://admin.quadrant.example" }, true],
    ["own origin, same-origin", { origin: "https://admin.quadrant.example", "sec-fetch-site": "same-origin" }, true],
    ["no origin", {}, false],
    ["no origin, same-origin", { "sec-fetch-site": "same-origin" }, false],
    ["no origin, cross-site", { "sec-fetch-site": "cross-site" }, false],
    ["opaque origin", { origin: "null" }, false],
    ["foreign origin", { origin: "https://evil.example" }, false],
    ["sibling subdomain", { origin: "https://shop.quadrant.example", "sec-fetch-site": "same-site" }, false],
    [
      "own origin claimed across sites",
      { origin: "https://admin.quadrant.example", "sec-fetch-site": "cross-site" },
      false,
    ],
    ["own origin, typed address", { origin: "https://admin.quadrant.example", "sec-fetch-site": "none" }, false],
    ["other scheme", { origin: "http://admin.quadrant.example" }, false],
    ["other port", { origin: "https://admin.quadrant.example:8443" }, false],
    ["longer name", { origin: "https://admin.quadrant.example.evil.example" }, false],
    ["a path is no origin", { origin: "https://admin.quadrant.example/" }, false],
    ["two values", { origin: "https://admin.quadrant.example, https://evil.example" }, false],
    [
      "forged host",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
      false,
    ],
  ])("%s", (_name, headers, allowed) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), production)).toBe(allowed);
  });

  it("takes localhost and 127.0.0.1 of one port as one place on the local stack only", () => {
    const twin = new Headers({ origin: "http://127.0.0.1:3000" });
    expect(isSameOrigin(twin, local)).toBe(true);
    expect(
      isSameOrigin(new Headers({ origin: "http://localhost:3000" }), ownOrigins("http://127.0.0.1:3000", true)),
    ).toBe(true);
    expect(isSameOrigin(new Headers({ origin: "http://127.0.0.1:3001" }), local)).toBe(false);
    expect(isSameOrigin(twin, ownOrigins("http://localhost:3000", false))).toBe(false);
    expect([...ownOrigins("http://console.test:3000", true)]).toEqual(["http://console.test:3000"]);
  });
});
