// What MongoDB does not tell: because it has no such thing, or because we may not ask.
import "server-only";
import type { Blind } from "../schema";
import type { MongoWatch } from "./watch";

/** What a check needs; the monitor of an installation has both. */
export const ROLES = {
  monitor: { role: "clusterMonitor", db: "admin" },
  local: { role: "read", db: "local" },
} as const;
type Right = { role: string; db: string };

export type Asked<T> = { ok: true; value: T } | { ok: false; blind: Blind };

/** CommandNotFound, NamespaceNotFound, InvalidOptions, NoReplicationEnabled, CommandNotSupported, unknown stage. */
const NOT_OFFERED = new Set([26, 59, 72, 76, 115, 166, 40324]);
/** Unauthorized, AuthenticationFailed, and Atlas' own word for the first. */
const DENIED = new Set([13, 18, 8000]);
/** The server's own words for a limit that has passed; silence is no answer and is thrown. */
const SLOW = new Set([50, 262]);

export function codeOf(error: unknown): number | null {
  const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : null;
  return typeof code === "number" ? code : null;
}

export function notReported(check: string, why = "Not reported by this server."): Blind {
  return { check, kind: "not_reported", why, grant: null };
}

/** Asks, and says so where the server cannot or may not answer. Throws when it is away. */
export async function asked<T>(
  watch: Pick<MongoWatch, "user">,
  check: string,
  right: Right,
  work: () => Promise<T>,
): Promise<Asked<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const blind = blindness(watch.user, check, right, error);
    if (!blind) throw error;
    return { ok: false, blind };
  }
}

function blindness(user: string, check: string, right: Right, error: unknown): Blind | null {
  const code = codeOf(error);
  if (code === null) return null;
  if (NOT_OFFERED.has(code)) return notReported(check);
  if (SLOW.has(code)) return { check, kind: "slow", why: SLOW_WORDS, grant: null };
  if (DENIED.has(code)) return { check, kind: "denied", why: DENIED_WORDS, grant: grantOf(user, right) };
  return null;
}

const SLOW_WORDS = "The server did not answer in time.";
const DENIED_WORDS = "The monitor may not ask for it: blind, not healthy.";

/** To be run by an administrator, in the database that knows the user. */
function grantOf(user: string, { role, db }: Right): string {
  return `db.grantRolesToUser(${JSON.stringify(user)}, [{ role: "${role}", db: "${db}" }])`;
}
