import "server-only";

const NOWHERE = "http://own.invalid";

/**
 * The path to open after sign-in: one of this console, or "/" for anything else. Whatever a browser would read as
 * another host ("//evil.example", "/\evil.example", "https:evil.example") is anything else.
 */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || wanted.length > 2000 || !URL.canParse(wanted, NOWHERE)) {
    return "/";
  }
  const target = new URL(wanted, NOWHERE);
  const path = target.pathname + target.search;
  const leadsHere = target.origin === NOWHERE && !path.startsWith("//") && !/^\/(sign-in|api)(\/|$|\?)/.test(path);
  return leadsHere ? path : "/";
}
