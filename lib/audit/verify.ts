import "server-only";
import { auditSource } from "@/lib/core/audit-source";
import { sayBroken, verifyAudit } from "@/lib/core/audit-verify";
import type { ReadScope } from "@/lib/core/operation";
import { requireEnv } from "@/lib/env";
import type { AuditVerification } from "./schema";

const MOST_EVENTS = 20_000;
const LONGEST_MS = 3000;

/** A real check of what came after the newest signed checkpoint, as far as a request may take. */
export async function verifyNow({ db, keys }: ReadScope<"audit">): Promise<AuditVerification> {
  const found = await verifyAudit(
    auditSource((work) => work(db)),
    keys,
    requireEnv("QUADRANT_CHECKPOINT_PUBLIC_KEY"),
    { from: "checkpoint", limit: MOST_EVENTS, signal: AbortSignal.timeout(LONGEST_MS) },
  );
  return {
    ok: found.ok,
    complete: found.complete,
    n: found.upto_n,
    events: found.events,
    problem: found.broken ? sayBroken(found.broken) : null,
    duration_ms: found.duration_ms,
  };
}
