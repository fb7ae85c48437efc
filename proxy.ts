import { randomBytes, randomUUID } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { SESSION_COOKIE } from "@/lib/auth/cookie";
import { AppError } from "@/lib/core/errors";
import { problem } from "@/lib/next/failure";
import { contentSecurityPolicy, fixedHeaders, forgeable } from "@/lib/next/headers";
import { isSameOrigin } from "@/lib/next/origin";

// Headers, redirects and early refusals only: operations decide who may do what, with or without this file.

const METHODS = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE"]);
const SAFE = new Set(["GET", "HEAD"]);
/** Whoever calls it is no browser and no person: only its signature counts. */
const SIGNED = "/api/processor-events";
const PUBLIC = /^\/(sign-in$|api\/|_next\/|icon\.|favicon\.ico$|robots\.txt$)/;

export function proxy(request: NextRequest): Response {
  const requestId = randomUUID();
  const nonce = randomBytes(16).toString("base64url");
  const policy = contentSecurityPolicy(nonce);
  const response = refusal(request, requestId) ?? signInRedirect(request) ?? pass(request, requestId, nonce, policy);
  for (const [name, value] of Object.entries(fixedHeaders())) {
    response.headers.set(name, value);
  }
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  if (!request.nextUrl.pathname.startsWith("/_next/static/")) {
    response.headers.set("cache-control", "no-store");
  }
  return response;
}

function refusal(request: NextRequest, requestId: string): Response | null {
  if (!METHODS.has(request.method)) {
    const error = new AppError("method_not_allowed", `This console does not answer ${request.method}.`);
    return problem(error, requestId, { allow: [...METHODS].join(", ") });
  }
  const isForeign = !isSameOrigin(request.headers) && request.nextUrl.pathname !== SIGNED;
  if (!SAFE.has(request.method) && isForeign) {
    return problem(new AppError("forbidden", "The request did not come from this console."), requestId);
  }
  return null;
}

/** Only looks whether a cookie is there; the page looks whether it is worth anything. */
function signInRedirect(request: NextRequest): NextResponse | null {
  const { pathname, search } = request.nextUrl;
  if (!SAFE.has(request.method) || PUBLIC.test(pathname) || request.cookies.has(SESSION_COOKIE)) {
    return null;
  }
  if (request.headers.get("sec-fetch-site") === "cross-site" && request.headers.get("sec-fetch-mode") === "navigate") {
    return askAgain();
  }
  const target = request.nextUrl.clone();
  target.pathname = "/sign-in";
  target.search = pathname === "/" ? "" : new URLSearchParams({ next: pathname + search }).toString();
  return NextResponse.redirect(target);
}

/** A link from elsewhere brings no strict cookie, although there may be one: the page asks again, from here. */
function askAgain(): NextResponse {
  const page = '<!doctype html><html lang="en"><meta http-equiv="refresh" content="0"><title>Quadrant</title></html>';
  return new NextResponse(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function pass(request: NextRequest, requestId: string, nonce: string, policy: string): NextResponse {
  const headers = new Headers(request.headers);
  for (const name of forgeable(headers.keys())) {
    headers.delete(name);
  }
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  return NextResponse.next({ request: { headers } });
}
