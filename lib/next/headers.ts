import "server-only";
import { consoleUrl } from "./origin";
import { env } from "@/lib/env";

/** What every answer carries, whoever wrote it. */
export function fixedHeaders(): Record<string, string> {
  const fixed: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "x-robots-tag": "noindex",
  };
  if (new URL(consoleUrl()).protocol === "https:") {
    fixed["strict-transport-security"] = "max-age=31536000; includeSubDomains";
  }
  return fixed;
}

/** Scripts run by nonce only; styles may be inline, because libraries position elements by style attributes. */
export function contentSecurityPolicy(nonce: string): string {
  // The development server evaluates modules as strings.
  const evaluate = env().NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const FORGEABLE = /^(content-security-policy.*|x-nonce|x-path|x-request-id|x-middleware-.*)$/;
const HOPS = /^(x-forwarded-.*|forwarded)$/;

/** Names a caller must not be able to set, because the framework or this console believes them. */
export function forgeable(names: Iterable<string>): string[] {
  return [...names].filter((name) => FORGEABLE.test(name));
}

/** What proxies say of a request; only the server knows whether one of ours said it, so only it drops them. */
export function hopHeaders(names: Iterable<string>): string[] {
  return [...names].filter((name) => HOPS.test(name));
}
