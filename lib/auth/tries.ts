import "server-only";
import { appendSecurityEvent } from "@/lib/core/audit";
import { AppError } from "@/lib/core/errors";
import type { Stores } from "@/lib/core/stores";

/** Of one network: an office may share it, so it is wider than the limit of one account. */
const TRIES_PER_MINUTE = 30;
const TRIES_AT_ONCE = 30;

type From = { ip_prefix: string | undefined; requestId: string };

/**
 * Counts a try of a network. Throws AppError `rate_limited` with the seconds to wait; such a refusal is written to the
 * audit once a minute and network, so that a flood cannot fill it.
 */
export async function limitTries({ ip_prefix, requestId }: From, stores: Stores): Promise<void> {
  const network = ip_prefix ?? "unknown";
  const waitMs = await stores.limiter.limit(`sign-in:${network}`, TRIES_PER_MINUTE, TRIES_AT_ONCE);
  if (waitMs === 0) {
    return;
  }
  if ((await stores.limiter.limit(`sign-in-refused:${network}`, 1)) === 0) {
    await appendSecurityEvent(stores.postgres.system, stores.keys, {
      action: "session.sign-in",
      outcome: "rate-limited",
      ip_prefix,
      request_id: requestId,
    });
  }
  throw new AppError("rate_limited", "Too many tries from your network. Wait a moment, then try again.", {
    retry_after_seconds: Math.ceil(waitMs / 1000),
  });
}
