import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { SESSION_COOKIE } from "@/lib/auth/cookie";
import { proxy } from "@/proxy";
import { consoleUrl } from "./origin";

const HERE = consoleUrl();

type Sent = { method?: string; headers?: Record<string, string>; signedIn?: boolean };

function ask(path: string, { method = "GET", headers = {}, signedIn = true }: Sent = {}) {
  const cookie = signedIn ? { cookie: `${SESSION_COOKIE}=${"A".repeat(43)}` } : undefined;
  return proxy(new NextRequest(new URL(path, HERE), { method, headers: { ...cookie, ...headers } }));
}

const passes = (response: Response) => response.headers.get("x-middleware-next") === "1";
/** What the page behind the proxy will see of a request header. */
const forwarded = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

describe("every answer", () => {
  it.each([
    ["a page", ask("/users")],
    ["a redirect", ask("/users", { signedIn: false })],
    ["a refusal", ask("/users", { method: "POST" })],
    ["a method refused", ask("/users", { method: "OPTIONS" })],
    ["the API", ask("/api/v1/users")],
    ["a file", ask("/_next/static/chunk.js", { signedIn: false })],
  ])("carries the security headers: %s", (_name, { headers }) => {
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}' 'strict-dynamic';/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline|unsafe-eval/);
    for (const rule of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers.has("strict-transport-security")).toBe(HERE.startsWith("https:"));
  });

  it("has a nonce of its own, and may be stored only when it is a static file", () => {
    const [one, two] = [ask("/users"), ask("/users")].map(({ headers }) => headers.get("content-security-policy"));
    expect(one).not.toBe(two);
    expect(ask("/users").headers.get("cache-control")).toBe("no-store");
    expect(ask("/_next/static/chunk.js").headers.has("cache-control")).toBe(false);
  });
});

describe("what a caller sends", () => {
  it("does not decide the nonce, the request id or the framework's own headers", () => {
    const response = ask("/users", {
      headers: {
        "content-security-policy": "script-src 'nonce-evil'",
        "content-security-policy-report-only": "script-src 'nonce-evil'",
        "x-nonce": "evil",
        "x-request-id": "evil",
        "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
      },
    });
    expect(passes(response)).toBe(true);
    expect(forwarded(response, "content-security-policy")).toBe(response.headers.get("content-security-policy"));
    expect(forwarded(response, "x-request-id")).toBe(response.headers.get("x-request-id"));
    expect(forwarded(response, "x-nonce")).not.toBe("evil");
    expect(forwarded(response, "x-middleware-subrequest")).toBeNull();
    expect([...response.headers.values()].join("\n")).not.toContain("evil");
  });

  it.each(["POST", "PATCH", "DELETE"])("is refused with 403 as a %s from elsewhere", async (method) => {
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { origin: HERE, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of elsewhere) {
      const response = ask("/api/v1/users", { method, headers });
      expect(response.status).toBe(403);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({ code: "forbidden", status: 403 });
    }
    expect(passes(ask("/api/v1/users", { method, headers: { origin: new URL(HERE).origin } }))).toBe(true);
  });

  it("passes to where a signature is asked for, from anywhere, and to nothing beside it", () => {
    const [method, headers] = ["POST", { origin: "https://processor.example" }];
    expect(passes(ask("/api/processor-events", { method, headers }))).toBe(true);
    expect(passes(ask("/api/processor-events", { method }))).toBe(true);
    expect(ask("/api/processor-events/x", { method, headers }).status).toBe(403);
    expect(ask("/api/v1/processor-events", { method, headers }).status).toBe(403);
  });

  it.each(["PUT", "OPTIONS", "PROPFIND"])("is refused with 405 as %s", (method) => {
    const response = ask("/users", { method, headers: { origin: new URL(HERE).origin } });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, PATCH, DELETE");
  });
});

describe("without a cookie", () => {
  it.each([
    ["/", "/sign-in"],
    ["/users?q=ana&status=active", "/sign-in?next=%2Fusers%3Fq%3Dana%26status%3Dactive"],
    ["/users.rsc", "/sign-in?next=%2Fusers.rsc"],
    ["/sign-in/more", "/sign-in?next=%2Fsign-in%2Fmore"],
  ])("%s leads to %s", (path, target) => {
    const response = ask(path, { signedIn: false });
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(new URL(target, HERE).href);
  });

  it("a link from elsewhere asks again from here, where the browser sends its strict cookie", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const response = ask("/users/<script>?q=evil", { signedIn: false, headers: link });
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('<meta http-equiv="refresh" content="0">');
    expect(page).not.toContain("evil");
    const again = { ...link, "sec-fetch-site": "same-origin" };
    expect(ask("/users", { signedIn: false, headers: again }).status).toBe(307);
    expect(passes(ask("/users", { headers: link }))).toBe(true);
  });

  it.each(["/sign-in", "/sign-in?next=/users", "/api/v1/users", "/api/health/live", "/icon.svg"])(
    "%s passes",
    (path) => {
      expect(passes(ask(path, { signedIn: false }))).toBe(true);
    },
  );
});
